/** Tiers and points. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const TierParts = graphql(`fragment TierParts on Tier { key name threshold { minor currency } perks multiplier }`)
export const MembershipParts = graphql(`
  fragment MembershipParts on Membership {
    progress
    tier { ...TierParts }
    nextTier { ...TierParts }
    qualifyingAmount { minor currency }
    pendingAmount { minor currency }
    neededAmount { minor currency }
  }
`, [TierParts])
export const PointEntryParts = graphql(`
  fragment PointEntryParts on PointEntry { id title points state stateLabel vestsAt expiresAt at why { label detail at } }
`)

export const MePageQuery = graphql(`
  query MePage {
    viewer {
      id
      profile { id name face }
      membership { ...MembershipParts }
      points { available pending entries(first: 4) { edges { node { ...PointEntryParts } } } }
    }
  }
`, [MembershipParts, PointEntryParts])

export const MembershipPageQuery = graphql(`
  query MembershipPage {
    viewer {
      id
      profile { id name face }
      membership { ...MembershipParts why { label detail at } tiers { ...TierParts } }
    }
  }
`, [MembershipParts, TierParts])

export const PointsPageQuery = graphql(`query PointsPage { viewer { id points { available pending } } }`)
export const PointEntriesQuery = graphql(`
  query PointEntries($first: Int!, $after: String) {
    viewer { id points { entries(first: $first, after: $after) { edges { node { ...PointEntryParts } } pageInfo { hasNextPage endCursor } } } }
  }
`, [PointEntryParts])

export type Membership = NonNullable<ResultOf<typeof MePageQuery>['viewer']>['membership']
export type Tier = Membership['tier']
export type PointEntry = NonNullable<ResultOf<typeof PointEntriesQuery>['viewer']>['points']['entries']['edges'][number]['node']
