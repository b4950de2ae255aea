/** What a buyer does with a case. */
import { graphql } from '@/shared/graphql'
import { AfterSaleParts } from './cases'

export const ApplyMutation = graphql(`
  mutation ApplyForAfterSale($input: ApplyForAfterSaleInput!) {
    applyForAfterSale(input: $input) { case { id number } errors { code message field details } }
  }
`)
export const CancelMutation = graphql(
  `
  mutation CancelAfterSale($input: CancelAfterSaleInput!) {
    cancelAfterSale(input: $input) { case { ...AfterSaleParts } errors { code message field details } }
  }
`,
  [AfterSaleParts],
)
export const SendBackMutation = graphql(
  `
  mutation SendBackAfterSale($input: SendBackAfterSaleInput!) {
    sendBackAfterSale(input: $input) { case { ...AfterSaleParts } errors { code message field details } }
  }
`,
  [AfterSaleParts],
)
export const AppealMutation = graphql(
  `
  mutation AppealAfterSale($input: AppealAfterSaleInput!) {
    appealAfterSale(input: $input) { case { ...AfterSaleParts } errors { code message field details } }
  }
`,
  [AfterSaleParts],
)
export const WriteMutation = graphql(
  `
  mutation WriteToAfterSale($input: WriteToAfterSaleInput!) {
    writeToAfterSale(input: $input) { case { ...AfterSaleParts } errors { code message field details } }
  }
`,
  [AfterSaleParts],
)
export const ConfirmMutation = graphql(
  `
  mutation ConfirmReshipped($input: ConfirmReshippedInput!) {
    confirmReshipped(input: $input) { case { ...AfterSaleParts } errors { code message field details } }
  }
`,
  [AfterSaleParts],
)
export const RateMutation = graphql(
  `
  mutation RateAfterSale($input: RateAfterSaleInput!) {
    rateAfterSale(input: $input) { case { ...AfterSaleParts } errors { code message field details } }
  }
`,
  [AfterSaleParts],
)

export const ObjectMutation = graphql(`
  mutation ObjectToFlow($input: ObjectToFlowInput!) {
    objectToFlow(input: $input) { flow { id objection } errors { code message field details } }
  }
`)
