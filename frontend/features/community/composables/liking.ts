/** Likes show at once and are put right by the server's answer. */
import { ref, watch, type Ref } from 'vue'
import { useAct } from '@/shared/graphql'
import { askToSignIn } from '@/shared/session/sign-in'
import { isSignedIn } from '@/shared/session/viewer'
import { toast } from '@/shared/ui/toast'
import { LikeCommentMutation, LikePostMutation, UnlikeCommentMutation, UnlikePostMutation } from '../api/changes'

export interface Likes {
  isLiked: boolean
  likesCount: number
}

interface Liking {
  likes: Ref<Likes>
  toggle: () => Promise<void>
}

function useLiking(given: () => Likes, send: (isLiked: boolean) => Promise<Likes | string | null>): Liking {
  const likes = ref<Likes>({ ...given() })
  watch(given, (now) => (likes.value = { isLiked: now.isLiked, likesCount: now.likesCount }))

  async function toggle(): Promise<void> {
    if (!isSignedIn.value) return askToSignIn()
    const before = likes.value
    const isLiked = !before.isLiked
    likes.value = { isLiked, likesCount: Math.max(0, before.likesCount + (isLiked ? 1 : -1)) }
    const answer = await send(isLiked)
    if (answer === null || typeof answer === 'string') {
      likes.value = before
      if (answer) toast(answer)
    } else likes.value = { isLiked: answer.isLiked, likesCount: answer.likesCount }
  }
  return { likes, toggle }
}

export function usePostLikes(postId: () => string, given: () => Likes): Liking {
  const like = useAct(LikePostMutation)
  const unlike = useAct(UnlikePostMutation)
  return useLiking(given, async (isLiked) => {
    const act = isLiked ? like : unlike
    const done = await act.run({ input: { postId: postId() } })
    return done?.post ?? act.refusal.value?.message ?? null
  })
}

export function useCommentLikes(commentId: () => string, given: () => Likes): Liking {
  const like = useAct(LikeCommentMutation)
  const unlike = useAct(UnlikeCommentMutation)
  return useLiking(given, async (isLiked) => {
    const act = isLiked ? like : unlike
    const done = await act.run({ input: { commentId: commentId() } })
    return done?.comment ?? act.refusal.value?.message ?? null
  })
}
