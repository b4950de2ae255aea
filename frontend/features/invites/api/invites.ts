/** Invitations: the offer, who came, and what it earns. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const InviteCentreQuery = graphql(`
  query InviteCentre {
    viewer { id profile { id name } invites { clicks pendingPoints vestedPoints offer { inviterPoints inviteePoints endsAt rules } } }
  }
`)
export const InvitedPeopleQuery = graphql(`
  query InvitedPeople($first: Int!, $after: String) {
    viewer { id invites { invited(first: $first, after: $after) { edges { node { at state stateLabel person { id name face } } } pageInfo { hasNextPage endCursor } } } }
  }
`)
export const InviteRewardsQuery = graphql(`
  query InviteRewards($first: Int!, $after: String) {
    viewer { id invites { rewards(first: $first, after: $after) { edges { node { id kind title points state vestsAt createdAt why { label detail at } } } pageInfo { hasNextPage endCursor } } } }
  }
`)
export type Centre = NonNullable<ResultOf<typeof InviteCentreQuery>['viewer']>['invites']
export type Offer = NonNullable<Centre['offer']>
