/** The viewer's own short link to something. */
import { graphql } from '@/shared/graphql'

export const CreateShareLinkMutation = graphql(`
  mutation CreateShareLink($input: CreateShareLinkInput!) {
    createShareLink(input: $input) {
      shareLink { code url posterUrl qrUrl }
      errors { code message field details }
    }
  }
`)
