import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeClient } from './client'
import { stringifyKey } from './inlined'
import { trusted } from './trusted'

const HOME = trusted('a'.repeat(64), 'HomePage', 'query')
const LIKE = trusted('b'.repeat(64), 'LikePost', 'mutation')
let answers: unknown[] = []
let sent: { url: string; init: RequestInit }[] = []

beforeEach(() => {
  answers = []
  sent = []
  document.cookie = 'csrftoken=token-of-the-page'
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, init })
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return new Response(JSON.stringify(answer), { status: 200 })
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.getElementById('tz-first')?.remove()
})

function bodyOf(index: number): Record<string, unknown> {
  return JSON.parse(String(sent[index]?.init.body)) as Record<string, unknown>
}

describe('the client', () => {
  it('sends the name of a document, never its text, with the token of the page', async () => {
    answers = [{ data: { home: { hero: [] } } }]
    await makeClient(() => undefined).query(HOME, {}).toPromise()

    expect(bodyOf(0)).toEqual({ documentId: HOME.documentId, operationName: 'HomePage', variables: {} })
    expect(new Headers(sent[0]?.init.headers).get('X-CSRFToken')).toBe('token-of-the-page')
    expect(new Headers(sent[0]?.init.headers).get('Accept-Language')).toBe('zh-Hans')
  })

  it('takes the first answer from the page, once', async () => {
    const inlined = document.createElement('script')
    inlined.id = 'tz-first'
    inlined.textContent = JSON.stringify([{ documentId: HOME.documentId, variables: {}, data: { home: 'from the page' } }])
    document.body.append(inlined)
    answers = [{ data: { home: 'from the network' } }]
    const client = makeClient(() => undefined)

    expect((await client.query(HOME, {}).toPromise()).data).toEqual({ home: 'from the page' })
    expect(sent).toHaveLength(0)
    expect((await client.query(HOME, {}, { requestPolicy: 'network-only' }).toPromise()).data).toEqual({ home: 'from the network' })
  })

  it('the order of variables does not matter for the first answer', () => {
    expect(stringifyKey('x', { slug: 'a', first: 2 })).toBe(stringifyKey('x', { first: 2, slug: 'a' }))
  })

  it('keeps an answer until something is changed', async () => {
    answers = [{ data: { home: 1 } }, { data: { likePost: {} } }, { data: { home: 2 } }]
    const client = makeClient(() => undefined)
    const ask = () => client.query(HOME, {}, { requestPolicy: 'cache-first' }).toPromise()

    expect([(await ask()).data, (await ask()).data]).toEqual([{ home: 1 }, { home: 1 }])
    await client.mutation(LIKE, { input: {} }).toPromise()
    expect((await ask()).data).toEqual({ home: 2 })
    expect(sent).toHaveLength(3)
  })

  it('shows what it knows at once and then what is true now', async () => {
    answers = [{ data: { home: 1 } }, { data: { home: 2 } }]
    const client = makeClient(() => undefined)
    await client.query(HOME, {}).toPromise()
    const seen: unknown[] = []
    const watching = client.query(HOME, {}).subscribe((result) => seen.push([result.data, result.stale]))

    await vi.waitFor(() => expect(seen).toHaveLength(2))
    watching.unsubscribe()
    expect(seen).toEqual([[{ home: 1 }, true], [{ home: 2 }, false]])
  })

  it('asks for a sign-in when an answer needs one, unless the question was quiet', async () => {
    const refused = { data: null, errors: [{ message: 'Sign in', extensions: { code: 'SIGN_IN_REQUIRED' } }] }
    answers = [refused, refused]
    const ask = vi.fn()
    const client = makeClient(ask)

    await client.query(HOME, { quiet: 1 }, { quiet: true } as never).toPromise()
    expect(ask).not.toHaveBeenCalled()
    await client.query(HOME, { quiet: 2 }).toPromise()
    expect(ask).toHaveBeenCalledOnce()
  })

  it('a lost network is an error, not an endless wait', async () => {
    answers = [new TypeError('Failed to fetch')]
    const result = await makeClient(() => undefined).query(HOME, {}).toPromise()

    expect(result.error?.networkError?.message).toBe('Failed to fetch')
  })
})
