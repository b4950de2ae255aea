/** Invitations: the offer, who came, what it earns, and who brought most friends. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const InviteCentreQuery = graphql(`
  query InviteCentre {
    viewer { id profile { id name } invites { clicks pendingPoints vestedPoints heldPoints offer { inviterPoints inviteePoints endsAt rules } } }
  }
`)
export const InvitedPeopleQuery = graphql(`
  query InvitedPeople($first: Int!, $after: String) {
    viewer { id invites { invited(first: $first, after: $after) {
      edges { node { at state stateLabel whyNot person { id name face } friends { number named { id name face } } } } pageInfo { hasNextPage endCursor }
    } } }
  }
`)
export const InviteRewardsQuery = graphql(`
  query InviteRewards($first: Int!, $after: String) {
    viewer { id invites { rewards(first: $first, after: $after) {
      edges { node { id kind title level points state stateLabel nextStep reason canObject vestsAt heldUntil createdAt why { label detail at } } }
      pageInfo { hasNextPage endCursor }
    } } }
  }
`)
export const InviteLeadersQuery = graphql(`
  query InviteLeaders {
    viewer { id invites { showsName leaderboard { month ownPlace entries { place name friends isViewer person { id name face } } } } }
  }
`)
export const ShowInviteNameMutation = graphql(`
  mutation ShowInviteName($input: ShowInviteNameInput!) {
    showInviteName(input: $input) { showsName errors { code message field details } }
  }
`)
export const ObjectToRejectionMutation = graphql(`
  mutation ObjectToRejection($input: ObjectToRejectionInput!) {
    objectToRejection(input: $input) { reward { id state stateLabel nextStep reason canObject heldUntil } errors { code message field details } }
  }
`)
export type Centre = NonNullable<ResultOf<typeof InviteCentreQuery>['viewer']>['invites']
export type Offer = NonNullable<Centre['offer']>
