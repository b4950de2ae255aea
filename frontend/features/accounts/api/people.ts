/** People: their pages, and following and blocking them. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const ProfilePageQuery = graphql(`
  query ProfilePage($id: ID!) {
    profile(id: $id) { id name face faceKey bio joinedAt isSelf isFollowed followersCount followingCount }
  }
`)
export const FollowStateQuery = graphql(`query FollowState($id: ID!) { profile(id: $id) { id isFollowed isSelf } }`)
export const FollowPersonMutation = graphql(`
  mutation FollowPerson($input: FollowPersonInput!) {
    followPerson(input: $input) { profile { id isFollowed followersCount } errors { code message field details } }
  }
`)
export const UnfollowPersonMutation = graphql(`
  mutation UnfollowPerson($input: UnfollowPersonInput!) {
    unfollowPerson(input: $input) { profile { id isFollowed followersCount } errors { code message field details } }
  }
`)
export const BlockPersonMutation = graphql(`
  mutation BlockPerson($input: BlockPersonInput!) {
    blockPerson(input: $input) { blockedId errors { code message field details } }
  }
`)
export const UnblockPersonMutation = graphql(`
  mutation UnblockPerson($input: UnblockPersonInput!) {
    unblockPerson(input: $input) { unblockedId errors { code message field details } }
  }
`)
export type ProfilePage = NonNullable<ResultOf<typeof ProfilePageQuery>['profile']>
