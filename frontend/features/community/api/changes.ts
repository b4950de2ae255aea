/** What people do with posts. */
import { graphql } from '@/shared/graphql'
import { CommentParts } from './posts'

export const CreatePostMutation = graphql(`
  mutation CreatePost($input: CreatePostInput!) {
    createPost(input: $input) { post { id visibility } errors { code message field details } }
  }
`)
export const DeletePostMutation = graphql(`
  mutation DeletePost($input: DeletePostInput!) {
    deletePost(input: $input) { post { id visibility } errors { code message field details } }
  }
`)
export const AddCommentMutation = graphql(`
  mutation AddComment($input: AddCommentInput!) {
    addComment(input: $input) { comment { ...CommentParts } errors { code message field details } }
  }
`, [CommentParts])
export const DeleteCommentMutation = graphql(`
  mutation DeleteComment($input: DeleteCommentInput!) {
    deleteComment(input: $input) { comment { id visibility } errors { code message field details } }
  }
`)
export const LikePostMutation = graphql(`
  mutation LikePost($input: LikePostInput!) {
    likePost(input: $input) { post { id likesCount isLiked } errors { code message field details } }
  }
`)
export const UnlikePostMutation = graphql(`
  mutation UnlikePost($input: UnlikePostInput!) {
    unlikePost(input: $input) { post { id likesCount isLiked } errors { code message field details } }
  }
`)
export const LikeCommentMutation = graphql(`
  mutation LikeComment($input: LikeCommentInput!) {
    likeComment(input: $input) { comment { id likesCount isLiked } errors { code message field details } }
  }
`)
export const UnlikeCommentMutation = graphql(`
  mutation UnlikeComment($input: UnlikeCommentInput!) {
    unlikeComment(input: $input) { comment { id likesCount isLiked } errors { code message field details } }
  }
`)
export const FollowTopicMutation = graphql(`
  mutation FollowTopic($input: FollowTopicInput!) {
    followTopic(input: $input) { topic { id isFollowed } errors { code message field details } }
  }
`)
export const UnfollowTopicMutation = graphql(`
  mutation UnfollowTopic($input: UnfollowTopicInput!) {
    unfollowTopic(input: $input) { topic { id isFollowed } errors { code message field details } }
  }
`)
export const ReportContentMutation = graphql(`
  mutation ReportContent($input: ReportContentInput!) {
    reportContent(input: $input) { report { id state } errors { code message field details } }
  }
`)
