/** Contests of the circles: what they ask, who takes part, and the viewer's vote. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const ContestParts = graphql(`
  fragment ContestParts on Contest {
    id name phase startsAt endsAt prizes mustHaveBought leastVotes entriesCount
    topic { id slug name picture { src avif webp width height blur } }
  }
`)

export const ContestEntryParts = graphql(`
  fragment ContestEntryParts on ContestEntry {
    id votesCount rank prizePoints hasMyVote isMine
    post {
      id title body likesCount isVerifiedPurchase
      author { id name face isSelf }
      pictures { id src avif webp width height blur }
    }
  }
`)

export const ContestsQuery = graphql(`
  query Contests($topic: String) { contests(topic: $topic) { ...ContestParts } }
`, [ContestParts])

export const ContestQuery = graphql(`
  query Contest($id: ID!) {
    contest(id: $id) {
      ...ContestParts
      myEntry { ...ContestEntryParts }
      winners { ...ContestEntryParts }
    }
  }
`, [ContestParts, ContestEntryParts])

export const ContestEntriesQuery = graphql(`
  query ContestEntries($id: ID!, $first: Int!, $after: String, $sort: EntrySort) {
    contest(id: $id) {
      id
      entries(first: $first, after: $after, sort: $sort) {
        edges { node { ...ContestEntryParts } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`, [ContestEntryParts])

export const EnterContestMutation = graphql(`
  mutation EnterContest($input: EnterContestInput!) {
    enterContest(input: $input) { contest { id entriesCount } errors { code message field details } }
  }
`)
export const VoteMutation = graphql(`
  mutation VoteInContest($input: VoteInContestInput!) {
    voteInContest(input: $input) { entry { id votesCount hasMyVote } errors { code message field details } }
  }
`)
export const TakeVoteBackMutation = graphql(`
  mutation TakeContestVoteBack($input: TakeContestVoteBackInput!) {
    takeContestVoteBack(input: $input) { contest { id } errors { code message field details } }
  }
`)

export type ContestCard = ResultOf<typeof ContestsQuery>['contests'][number]
export type Contest = NonNullable<ResultOf<typeof ContestQuery>['contest']>
export type Entry = NodeOf<NonNullable<ResultOf<typeof ContestEntriesQuery>['contest']>['entries']>
