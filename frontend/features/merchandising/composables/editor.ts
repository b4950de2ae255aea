/** A product being written: the form, what is kept of it, and its way into review. */
import { computed, ref, watch } from 'vue'
import { useAct, useActs, useAsk } from '@/shared/graphql'
import { DeskProductQuery, DiscardRevisionMutation, RetireProductMutation, SaveRevisionMutation, SubmitRevisionMutation, WithdrawRevisionMutation, WriteProductMutation } from '../api/goods'
import { emptyContent, formOf, type Content } from './content'

export function useGoodsEditor(id: () => string | null) {
  const ask = useAsk(DeskProductQuery, () => ({ id: id() ?? '' }), { pause: () => !id() })
  const form = ref<Content>(emptyContent())
  const slug = ref('')
  const kept = ref(JSON.stringify(form.value))
  const write = useAct(WriteProductMutation)
  const keep = useAct(SaveRevisionMutation)
  const submit = useAct(SubmitRevisionMutation)
  const withdraw = useAct(WithdrawRevisionMutation)
  const discard = useAct(DiscardRevisionMutation)
  const retire = useAct(RetireProductMutation)
  const { isRunning, refusal, clear } = useActs(write, keep, submit, withdraw, discard, retire)
  const product = computed(() => ask.data.value?.goodsDetail ?? null)
  const revision = computed(() => product.value?.revision ?? null)
  const isDirty = computed(() => JSON.stringify(form.value) !== kept.value)
  const isLocked = computed(() => !!revision.value && !['DRAFT', 'RETURNED'].includes(revision.value.state))
  let shown = ''

  // What somebody is writing is never overwritten by an answer in the background.
  watch(product, (next) => {
    if (!next) return
    const version = `${next.id} ${next.revision?.changedAt ?? ''} ${next.revision?.state ?? ''}`
    if (version === shown || (shown && isDirty.value)) return
    shown = version
    form.value = formOf(next.revision?.content ?? next.content)
    slug.value = next.slug
    kept.value = JSON.stringify(form.value)
  }, { immediate: true })

  const of = (path: string): string | undefined => (refusal.value?.field?.startsWith(path) ? refusal.value.message : undefined)

  async function save(): Promise<string | null> {
    clear()
    const content = form.value
    const now = product.value
    const seenAt = revision.value?.changedAt ?? null
    const answer = now ? (await keep.run({ input: { productId: now.id, content, seenAt } }))?.revision : (await write.run({ input: { slug: slug.value.trim(), content } }))?.revision
    if (!answer) return null
    kept.value = JSON.stringify(form.value)
    await ask.again()
    return answer.productId
  }
  async function go(move: 'submit' | 'withdraw' | 'discard'): Promise<boolean> {
    clear()
    if (move === 'submit' && isDirty.value && !(await save())) return false
    const now = revision.value
    if (!now) return false
    const input = { revisionId: now.id }
    const answer = move === 'submit' ? await submit.run({ input }) : move === 'withdraw' ? await withdraw.run({ input }) : await discard.run({ input })
    if (answer && move === 'discard') [shown, kept.value] = ['', JSON.stringify(form.value)]
    await ask.again()
    return !!answer
  }
  async function takeDown(): Promise<boolean> {
    clear()
    const answer = product.value && (await retire.run({ input: { productId: product.value.id } }))
    await ask.again()
    return !!answer
  }

  return {
    form, slug, product, revision, isDirty, isLocked, refusal, of, save, go, takeDown, again: ask.again,
    isLoading: computed(() => !!id() && !product.value && !ask.problem.value && ask.data.value?.goodsDetail !== null),
    problem: computed(() => ask.problem.value ?? (id() && ask.data.value?.goodsDetail === null ? 'NOT_FOUND' : null)),
    isBusy: isRunning,
  }
}
