/** What the viewer keeps in this shop. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const OrderCountsQuery = graphql(`
  query OrderCounts {
    viewer {
      id
      toPay: orders(first: 10, state: TO_PAY) { edges { node { id } } }
      grouping: orders(first: 10, state: GROUPING) { edges { node { id } } }
      toReceive: orders(first: 10, state: TO_RECEIVE) { edges { node { id } } }
    }
  }
`)
export const SettingsPageQuery = graphql(`
  query SettingsPage {
    viewer {
      id email phone hasPassword locale
      profile { id name face faceKey bio }
      addresses { id name phone province city district line isDefault }
    }
  }
`)
export const UpdateProfileMutation = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) { profile { id name face faceKey bio } errors { code message field details } }
  }
`)
export type Settings = NonNullable<ResultOf<typeof SettingsPageQuery>['viewer']>
