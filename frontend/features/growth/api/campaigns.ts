/** Campaigns: the list, one for editing, and what a draft would do. */
import { graphql } from '@/shared/graphql'

export const CampaignRow = graphql(`
  fragment CampaignRow on Campaign {
    id
    name
    state
    kind
    startsAt
    endsAt
    version
    canStart
    budget {
      money { minor currency }
      points
      count
      spentCount
      reservedCount
      spentMoney { minor currency }
      spentPoints
      reservedMoney { minor currency }
      reservedPoints
    }
    rules { id kind kindLabel summary isEnabled }
    createdBy { id name face }
  }
`)

export const CampaignParts = graphql(`
  fragment CampaignParts on Campaign {
    id
    name
    names
    state
    kind
    startsAt
    endsAt
    audience
    version
    canStart
    budget {
      money { minor currency }
      points
      count
      spentCount
      reservedCount
      spentMoney { minor currency }
      spentPoints
      reservedMoney { minor currency }
      reservedPoints
    }
    rules { id kind kindLabel params version summary isEnabled }
    problems { severity message field }
    createdBy { id name face }
  }
`)

export const CampaignsQuery = graphql(
  `
  query Campaigns($first: Int, $after: String, $state: CampaignState) {
    campaigns(first: $first, after: $after, state: $state) {
      edges { node { ...CampaignRow } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [CampaignRow],
)

export const CampaignQuery = graphql(
  `
  query Campaign($id: ID!) {
    campaign(id: $id) { ...CampaignParts }
  }
`,
  [CampaignParts],
)

export const CampaignPreviewQuery = graphql(`
  query CampaignPreview($input: CampaignDraftInput!) {
    campaignPreview(input: $input) {
      problems { severity message field }
      buyerView
      affectedProducts
      estimatedAudience
      summary
    }
  }
`)

export const TiersQuery = graphql(`
  query Tiers {
    viewer { id membership { tiers { key name } } }
  }
`)

/** The circles in which a contest can take place. */
export const CirclesQuery = graphql(`query Circles { topics { id slug name } }`)
