/** Products at the merchandising desk. */
import { graphql } from '@/shared/graphql'

export const DeskGoodsQuery = graphql(`
  query DeskGoods($first: Int, $after: String, $words: String, $state: ProductState, $inReview: Boolean, $review: RevisionState) {
    goods(first: $first, after: $after, words: $words, state: $state, inReview: $inReview, review: $review) {
      edges {
        node {
          id
          slug
          title
          state
          reviewState
          revisionId
          category
          brand
          variantsCount
          soldCount
          reportsCount
          changedAt
          price { minor currency }
          picture { src avif webp width height blur }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const DeskCountsQuery = graphql(`
  query DeskCounts {
    deskCounts { inReview returned openReports drafts }
  }
`)

export const DeskProductQuery = graphql(`
  query DeskProduct($id: ID!) {
    goodsDetail(id: $id) {
      id
      slug
      state
      content
      referencePrice { minor currency }
      revision {
        id
        state
        round
        content
        changedAt
        decisions { id round level verdict reason at decidedBy { id name face } }
      }
      pastRevisions { id state round startedAt changedAt submittedBy { id name face } }
      variants { id sku price { minor currency } }
      priceChanges { sku at price { minor currency } changedBy { id name face } }
    }
  }
`)

export const DeskShelvesQuery = graphql(`
  query DeskShelves {
    deskCategories { id slug names parentId depth position pictureId tryOn }
    attributeDefinitions { id categoryId key names type unit choices isRequired position }
    brands { id slug name }
  }
`)

export const DeskPicturesQuery = graphql(`
  query DeskPictures($ids: [ID!]!) {
    deskPictures(ids: $ids) { id picture { src avif webp width height blur } }
  }
`)

export const DeskFilesQuery = graphql(`
  query DeskFiles($ids: [ID!]!) {
    deskFiles(ids: $ids) { id kind url mediaType sizeBytes isReady problem }
  }
`)

export const WriteProductMutation = graphql(`
  mutation WriteProduct($input: WriteProductInput!) {
    writeProduct(input: $input) {
      revision { id productId state changedAt }
      errors { code message field details }
    }
  }
`)

export const SaveRevisionMutation = graphql(`
  mutation SaveRevision($input: SaveRevisionInput!) {
    saveRevision(input: $input) {
      revision { id productId state changedAt }
      errors { code message field details }
    }
  }
`)

export const SubmitRevisionMutation = graphql(`
  mutation SubmitRevision($input: SubmitRevisionInput!) {
    submitRevision(input: $input) {
      revision { id state changedAt }
      errors { code message field details }
    }
  }
`)

export const WithdrawRevisionMutation = graphql(`
  mutation WithdrawRevision($input: WithdrawRevisionInput!) {
    withdrawRevision(input: $input) {
      revision { id state changedAt }
      errors { code message field details }
    }
  }
`)

export const DiscardRevisionMutation = graphql(`
  mutation DiscardRevision($input: DiscardRevisionInput!) {
    discardRevision(input: $input) {
      revision { id state changedAt }
      errors { code message field details }
    }
  }
`)

export const RetireProductMutation = graphql(`
  mutation RetireProduct($input: RetireProductInput!) {
    retireProduct(input: $input) {
      product { id state }
      errors { code message field details }
    }
  }
`)

export const ChangePriceMutation = graphql(`
  mutation ChangePrice($input: ChangePriceInput!) {
    changePrice(input: $input) {
      variant { id sku price { minor currency } }
      errors { code message field details }
    }
  }
`)
