/** Tiers and points. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const TierParts = graphql(`fragment TierParts on Tier { key name threshold { minor currency } ordersCount way perks multiplier }`)
export const MembershipParts = graphql(`
  fragment MembershipParts on Membership {
    progress
    tier { ...TierParts }
    nextTier { ...TierParts }
    qualifyingAmount { minor currency }
    pendingAmount { minor currency }
    neededAmount { minor currency }
    qualifyingOrders
    neededOrders
    validUntil
    isSoftLanding
    passesLeft
  }
`, [TierParts])
export const PointEntryParts = graphql(`
  fragment PointEntryParts on PointEntry { id kind title cause points state stateLabel vestsAt expiresAt at why { label detail at } }
`)

export const MePageQuery = graphql(`
  query MePage {
    viewer {
      id
      profile { id name face }
      membership { ...MembershipParts }
      points { available pending owed worth { minor currency } expiring { points on } entries(first: 3) { edges { node { ...PointEntryParts } } } }
    }
  }
`, [MembershipParts, PointEntryParts])

export const MembershipPageQuery = graphql(`
  query MembershipPage {
    viewer {
      id
      profile { id name face }
      membership { ...MembershipParts why { label detail at } tiers { ...TierParts } moves { id title reason at why { label detail at } } birthday { bornOn canChangeFrom } }
    }
  }
`, [MembershipParts, TierParts])

export const PointsPageQuery = graphql(`query PointsPage { viewer { id points { available pending owed worth { minor currency } expiring { points on } } } }`)
export const PointEntriesQuery = graphql(`
  query PointEntries($first: Int!, $after: String) {
    viewer { id points { entries(first: $first, after: $after) { edges { node { ...PointEntryParts } } pageInfo { hasNextPage endCursor } } } }
  }
`, [PointEntryParts])

export const TellBirthdayMutation = graphql(`
  mutation TellBirthday($input: TellBirthdayInput!) { tellBirthday(input: $input) { bornOn errors { code field message details } } }
`)

export type Membership = NonNullable<ResultOf<typeof MePageQuery>['viewer']>['membership']
export type Tier = Membership['tier']
export type PointEntry = NodeOf<NonNullable<ResultOf<typeof PointEntriesQuery>['viewer']>['points']['entries']>
