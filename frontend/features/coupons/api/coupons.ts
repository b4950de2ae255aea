/** Coupons: what can be claimed, what one has, what is best for a basket. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const CouponOfferParts = graphql(`
  fragment CouponOfferParts on CouponOffer {
    id name headline sentence stackClass scope claimUntil useUntil validDays leftShare mine canClaim
    threshold { minor currency }
  }
`)
export type CouponOffer = ResultOf<typeof CouponOfferParts>

export const CouponParts = graphql(`
  fragment CouponParts on Coupon {
    id templateId state name headline sentence stackClass scope validFrom validUntil orderId
    threshold { minor currency }
  }
`)
export type Coupon = ResultOf<typeof CouponParts>

export const CouponCentreQuery = graphql(
  `
  query CouponCentre($first: Int, $after: String) {
    couponCentre(first: $first, after: $after) { edges { node { ...CouponOfferParts } } pageInfo { hasNextPage endCursor } }
  }
`,
  [CouponOfferParts],
)

export const MyCouponsQuery = graphql(
  `
  query MyCoupons($shelf: CouponShelf!, $first: Int, $after: String) {
    myCoupons(shelf: $shelf, first: $first, after: $after) { edges { node { ...CouponParts } } pageInfo { hasNextPage endCursor } }
  }
`,
  [CouponParts],
)

export const ProductCouponsQuery = graphql(`
  query ProductCoupons($productId: ID!) {
    productCoupons(productId: $productId) { id headline sentence canClaim mine }
  }
`)

export const ClaimCouponMutation = graphql(`
  mutation ClaimCoupon($input: ClaimCouponInput!) {
    claimCoupon(input: $input) { coupon { id } errors { code message field details } }
  }
`)

export const RedeemCodeMutation = graphql(`
  mutation RedeemCode($input: RedeemCodeInput!) {
    redeemCode(input: $input) { coupon { id name } errors { code message field details } }
  }
`)
