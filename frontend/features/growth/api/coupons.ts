/** Coupons as the growth team makes them. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const TemplateParts = graphql(`
  fragment TemplateParts on CouponTemplate {
    id name names state version way sentence benefit thresholdMinor scope audience stackClass claimFrom claimUntil useFrom useUntil
    validDays issueLimit perPerson useLimit budgetMinor refundPolicy graceDays isStarted
    problems { severity message field }
    counts { waiting ready locked used over spent { minor currency } reserved { minor currency } }
  }
`)
export type Template = ResultOf<typeof TemplateParts>

export const TemplatesQuery = graphql(
  `
  query CouponTemplates($first: Int, $after: String) {
    couponTemplates(first: $first, after: $after) { edges { node { ...TemplateParts } } pageInfo { hasNextPage endCursor } }
  }
`,
  [TemplateParts],
)

export const CouponCodesQuery = graphql(`
  query CouponCodes($id: ID!) { couponCodes(id: $id) }
`)

export const SaveTemplateMutation = graphql(
  `
  mutation SaveCouponTemplate($input: SaveCouponTemplateInput!) {
    saveCouponTemplate(input: $input) { template { ...TemplateParts } errors { code message field details } }
  }
`,
  [TemplateParts],
)

export const StartTemplateMutation = graphql(
  `
  mutation StartCouponTemplate($input: StartCouponTemplateInput!) {
    startCouponTemplate(input: $input) { template { ...TemplateParts } errors { code message field details } }
  }
`,
  [TemplateParts],
)

export const PauseTemplateMutation = graphql(
  `
  mutation PauseCouponTemplate($input: PauseCouponTemplateInput!) {
    pauseCouponTemplate(input: $input) { template { ...TemplateParts } errors { code message field details } }
  }
`,
  [TemplateParts],
)

export const EndTemplateMutation = graphql(
  `
  mutation EndCouponTemplate($input: EndCouponTemplateInput!) {
    endCouponTemplate(input: $input) { template { ...TemplateParts } errors { code message field details } }
  }
`,
  [TemplateParts],
)

export const GiveCouponsMutation = graphql(`
  mutation GiveCoupons($input: GiveCouponsInput!) {
    giveCoupons(input: $input) { batch { id } errors { code message field details } }
  }
`)
