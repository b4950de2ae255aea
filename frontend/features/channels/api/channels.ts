/** Channels of the growth team and their figures. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const NumbersParts = graphql(`
  fragment NumbersParts on ChannelNumbers {
    visits visitors signUps orders returnOnCost
    paid { minor currency } refunded { minor currency } cost { minor currency }
    costPerVisit { minor currency } costPerSignUp { minor currency } costPerOrder { minor currency }
  }
`)
export type Numbers = ResultOf<typeof NumbersParts>

export const ChannelParts = graphql(`
  fragment ChannelParts on Channel {
    id code name kind partner headline target targetSlug path link startsOn endsOn budgetNote state version madeAt closedAt
    madeBy { id name }
  }
`)

export const ChannelsQuery = graphql(
  `
  query Channels($since: Date!, $until: Date!, $first: Int, $after: String) {
    channels(since: $since, until: $until, first: $first, after: $after) {
      edges { node { ...ChannelParts numbers { ...NumbersParts } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [ChannelParts, NumbersParts],
)
export type Channel = NonNullable<NonNullable<ResultOf<typeof ChannelsQuery>['channels']['edges'][number]>['node']>

export const ChannelReportQuery = graphql(
  `
  query ChannelReport($since: Date!, $until: Date!, $channelId: ID) {
    channelReport(since: $since, until: $until, channelId: $channelId) {
      total { ...NumbersParts }
      byChannels { ...NumbersParts }
      without { ...NumbersParts }
      days { day numbers { visits signUps orders paid { minor } cost { minor } } }
    }
  }
`,
  [NumbersParts],
)

export const ChannelCostsQuery = graphql(`
  query ChannelCosts($channelId: ID!, $first: Int, $after: String) {
    channelCosts(channelId: $channelId, first: $first, after: $after) {
      edges { node { id day note at amount { minor currency } madeBy { id name } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const CreateChannelMutation = graphql(
  `
  mutation CreateChannel($input: CreateChannelInput!) {
    createChannel(input: $input) { channel { ...ChannelParts } errors { code message field details } }
  }
`,
  [ChannelParts],
)

export const ChangeChannelMutation = graphql(
  `
  mutation ChangeChannel($input: ChangeChannelInput!) {
    changeChannel(input: $input) { channel { ...ChannelParts } errors { code message field details } }
  }
`,
  [ChannelParts],
)

export const CloseChannelMutation = graphql(`
  mutation CloseChannel($input: CloseChannelInput!) {
    closeChannel(input: $input) { channel { id state version closedAt } errors { code message field details } }
  }
`)

export const RecordCostMutation = graphql(`
  mutation RecordChannelCost($input: RecordChannelCostInput!) {
    recordChannelCost(input: $input) { cost { id } errors { code message field details } }
  }
`)

export const ChannelPagesQuery = graphql(`
  query ChannelPages($filter: ProductFilter) {
    products(first: 20, filter: $filter) { edges { node { id slug title } } }
    categories { id slug name }
  }
`)
