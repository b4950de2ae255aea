/** What the growth team does with a campaign. */
import { graphql } from '@/shared/graphql'
import { CampaignParts } from './campaigns'

export const SaveCampaignMutation = graphql(
  `
  mutation SaveCampaign($input: SaveCampaignInput!) {
    saveCampaign(input: $input) { campaign { ...CampaignParts } errors { code message field details } }
  }
`,
  [CampaignParts],
)

export const StartCampaignMutation = graphql(
  `
  mutation StartCampaign($input: StartCampaignInput!) {
    startCampaign(input: $input) { campaign { ...CampaignParts } errors { code message field details } }
  }
`,
  [CampaignParts],
)

export const PauseCampaignMutation = graphql(
  `
  mutation PauseCampaign($input: PauseCampaignInput!) {
    pauseCampaign(input: $input) { campaign { ...CampaignParts } errors { code message field details } }
  }
`,
  [CampaignParts],
)

export const ResumeCampaignMutation = graphql(
  `
  mutation ResumeCampaign($input: ResumeCampaignInput!) {
    resumeCampaign(input: $input) { campaign { ...CampaignParts } errors { code message field details } }
  }
`,
  [CampaignParts],
)

export const EndCampaignMutation = graphql(
  `
  mutation EndCampaign($input: EndCampaignInput!) {
    endCampaign(input: $input) { campaign { ...CampaignParts } errors { code message field details } }
  }
`,
  [CampaignParts],
)
