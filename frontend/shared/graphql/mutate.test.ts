import { mount } from '@vue/test-utils'
import urql from '@urql/vue'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { loadTexts } from '@/shared/i18n'
import { signInWish } from '@/shared/session/sign-in'
import { makeClient } from './client'
import { useAct, type Act } from './mutate'
import { trusted } from './trusted'

const JOIN = trusted('c'.repeat(64), 'JoinGroup', 'mutation')
type Joined = { joinGroup: { seat: { number: number } | null; errors: unknown[] } | null }

function act(answer: unknown): Act<Joined, object> {
  vi.stubGlobal('fetch', async () => {
    if (answer instanceof Error) throw answer
    return new Response(JSON.stringify(answer))
  })
  let made: Act<Joined, object> | undefined
  const Probe = defineComponent({
    setup() {
      made = useAct<Joined, object>(JOIN as never)
      return () => h('i')
    },
  })
  mount(Probe, { global: { plugins: [[urql, makeClient(() => undefined)]] } })
  return made as Act<Joined, object>
}

beforeAll(() => loadTexts([]))
beforeEach(() => void (signInWish.value = null))

describe('an act', () => {
  it('gives the thing when it is done', async () => {
    const join = act({ data: { joinGroup: { seat: { number: 3 }, errors: [] } } })

    expect(await join.run({})).toEqual({ seat: { number: 3 }, errors: [] })
    expect(join.refusal.value).toBeNull()
  })

  it('gives the refusal in the server’s words, with its choices', async () => {
    const errors = [{ code: 'GROUP_FULL', message: '这一团刚刚满了', field: null, details: { choices: [{ kind: 'OPEN_OWN' }] } }]
    const join = act({ data: { joinGroup: { seat: null, errors } } })

    expect(await join.run({})).toBeNull()
    expect(join.refusal.value).toEqual(errors[0])
    expect(join.isRunning.value).toBe(false)
  })

  it('gives a refusal to the field that it is about', async () => {
    const join = act({ data: { joinGroup: { seat: null, errors: [{ code: 'INVALID_INPUT', message: '写上电话', field: 'phone' }] } } })
    await join.run({})

    expect(join.of('phone')).toBe('写上电话')
    expect(join.of('name')).toBeUndefined()
  })

  it('says what to do when the network is gone', async () => {
    const join = act(new TypeError('Failed to fetch'))
    await join.run({})

    expect(join.refusal.value?.code).toBe('OFFLINE')
    expect(join.refusal.value?.message).toContain('再试一次')
  })

  it('opens the sign-in where one is needed', async () => {
    const join = act({ data: { joinGroup: { seat: null, errors: [{ code: 'SIGN_IN_REQUIRED', message: '先登录' }] } } })
    await join.run({})

    expect(signInWish.value).not.toBeNull()
  })
})
