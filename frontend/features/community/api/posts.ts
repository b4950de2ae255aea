/** Topics, feeds and posts. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const TopicParts = graphql(`
  fragment TopicParts on Topic {
    id slug name description postsCount province isFollowed
    picture { src avif webp width height blur }
  }
`)

export const PostCardParts = graphql(`
  fragment PostCardParts on Post {
    id title body likesCount commentsCount isVerifiedPurchase createdAt
    author { id name face isSelf }
    topic { id slug name }
    pictures { id src avif webp width height blur }
    product { id slug groupOffer { id size: priceSize price { minor currency } } }
  }
`)

export const TopicsQuery = graphql(`query Topics { topics { ...TopicParts } }`, [TopicParts])
export const TopicQuery = graphql(`query Topic($slug: String!) { topic(slug: $slug) { ...TopicParts } }`, [TopicParts])

export const FeedQuery = graphql(`
  query Feed($first: Int!, $after: String, $topic: String, $authorId: ID, $sort: PostSort) {
    posts(first: $first, after: $after, topic: $topic, authorId: $authorId, sort: $sort) {
      edges { node { ...PostCardParts } }
      pageInfo { hasNextPage endCursor }
    }
  }
`, [PostCardParts])

export const PostPageQuery = graphql(`
  query PostPage($id: ID!) {
    post(id: $id) {
      id title body likesCount commentsCount isLiked isMine isVerifiedPurchase visibility createdAt
      author { id name face isSelf }
      topic { id slug name }
      pictures { id src avif webp width height blur }
      product {
        id slug title
        picture { src avif webp width height blur }
        price { minor currency }
        groupOffer { id size: priceSize price { minor currency } }
      }
      moderationNotice { action actionLabel policy statement decidedAt howToAppeal }
    }
  }
`)

export const CommentParts = graphql(`
  fragment CommentParts on Comment {
    id body likesCount isLiked isMine createdAt visibility
    author { id name face isSelf }
    replyTo { id name }
    moderationNotice { actionLabel policy statement }
  }
`)

export const CommentsQuery = graphql(`
  query Comments($id: ID!, $first: Int!, $after: String) {
    post(id: $id) {
      id
      comments(first: $first, after: $after) {
        edges { node { ...CommentParts } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`, [CommentParts])

/** Products that a post can show. */
export const ProductPickQuery = graphql(`
  query ProductPick($first: Int!, $filter: ProductFilter) {
    products(first: $first, filter: $filter) {
      edges { node { id slug title price { minor currency } picture { src avif webp width height blur } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export type PostCard = NodeOf<ResultOf<typeof FeedQuery>['posts']>
export type Topic = ResultOf<typeof TopicsQuery>['topics'][number]
export type Post = NonNullable<ResultOf<typeof PostPageQuery>['post']>
export type Comment = NodeOf<NonNullable<ResultOf<typeof CommentsQuery>['post']>['comments']>
export type PickedProduct = NodeOf<ResultOf<typeof ProductPickQuery>['products']>
