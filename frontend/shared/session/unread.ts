/** How much is unread: asked once, then told live. Nobody signed in: nothing. */
import { computed, type ComputedRef } from 'vue'
import { graphql, useAsk, useLive } from '@/shared/graphql'
import { isSignedIn } from './viewer'

const UnreadQuery = graphql(`
  query Unread {
    viewer {
      id
      unreadNotifications
      unreadRooms
    }
  }
`)

const UnreadChanged = graphql(`
  subscription UnreadChanged {
    viewerChanged {
      unreadNotifications
      unreadRooms
      reason
    }
  }
`)

export function useUnread(): ComputedRef<number> {
  const { data, again } = useAsk(UnreadQuery, {}, { pause: () => !isSignedIn.value, quiet: true })
  useLive({
    document: UnreadChanged,
    variables: () => (isSignedIn.value ? {} : null),
    onHint: () => again(),
    onBack: () => again(),
  })
  return computed(() => {
    const viewer = isSignedIn.value ? data.value?.viewer : null
    return (viewer?.unreadNotifications ?? 0) + (viewer?.unreadRooms ?? 0)
  })
}
