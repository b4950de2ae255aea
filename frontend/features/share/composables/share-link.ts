/** The viewer's own short link to a product or a group. Who is not signed in shares the plain address. */
import { ref, watch, type Ref } from 'vue'
import { useAct } from '@/shared/graphql'
import { isSignedIn } from '@/shared/session/viewer'
import { CreateShareLinkMutation } from '../api/share'

export interface SharedLink {
  url: string
  posterUrl: string | null
}

interface Target {
  kind: 'PRODUCT' | 'GROUP' | 'POST' | 'CAMPAIGN' | 'PROFILE'
  /** The thing's id; null while it is not known. */
  id: string | null
  path: string
}

/** `wanted` says when the link is needed; it is made once for each target. */
export function useShareLink(target: () => Target, wanted: () => boolean): { shared: Ref<SharedLink | null> } {
  const create = useAct(CreateShareLinkMutation)
  const shared = ref<SharedLink | null>(null)
  let madeFor = ''

  async function make(): Promise<void> {
    const { kind, id, path } = target()
    if (!id) return
    const plain = { url: `${location.origin}${path}`, posterUrl: null }
    const name = `${kind} ${id} ${isSignedIn.value}`
    if (name === madeFor) return
    madeFor = name
    if (!isSignedIn.value) return void (shared.value = plain)
    const link = (await create.run({ input: { kind, targetId: id } }))?.shareLink
    shared.value = link ? { url: link.url, posterUrl: link.posterUrl } : plain
  }
  watch(() => [wanted(), target().id, isSignedIn.value] as const, ([isWanted]) => void (isWanted && make()), { immediate: true })
  return { shared }
}
