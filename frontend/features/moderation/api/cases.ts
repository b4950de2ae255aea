/** What the moderation console reads. */
import { graphql } from '@/shared/graphql'

export const DecisionParts = graphql(`
  fragment DecisionParts on Decision {
    id
    action
    actionLabel
    policy {
      code
      title
      severity
    }
    statement
    decidedBy {
      id
      name
      face
    }
    at
    reversedAt
    reversedBy {
      id
      name
      face
    }
    isReversible
    effects
  }
`)

export const QueueRow = graphql(`
  fragment QueueRow on Case {
    id
    number
    state
    kind
    priority
    severity
    openedAt
    slaAt
    evidenceRevision
    subject {
      title
      body
      visibility
    }
    author {
      person {
        id
        name
        face
      }
    }
    reports {
      category
      categoryLabel
      weight
    }
    lease {
      isMine
      until
      by {
        id
        name
        face
      }
    }
  }
`)

export const CaseParts = graphql(
  `
  fragment CaseParts on Case {
    id
    number
    state
    kind
    priority
    severity
    openedAt
    slaAt
    fence
    version
    evidenceRevision
    evidence
    subject {
      kind
      id
      title
      body
      pictures {
        src
        avif
        webp
        width
        height
        blur
      }
      video { id state url seconds width height poster { src avif webp width height blur } }
      visibility
      url
      snapshotAt
      sha256
    }
    author {
      person {
        id
        name
        face
      }
      joinedAt
      ordersCount
      strikeScore
      history {
        ...DecisionParts
      }
    }
    reports {
      reporter {
        id
        name
        face
      }
      category
      categoryLabel
      detail
      at
      weight
    }
    lease {
      isMine
      until
      by {
        id
        name
        face
      }
    }
    decisions {
      ...DecisionParts
    }
  }
`,
  [DecisionParts],
)

export const QueueQuery = graphql(
  `
  query Queue($first: Int, $after: String, $state: CaseState, $kind: String) {
    moderationQueue(first: $first, after: $after, state: $state, kind: $kind) {
      edges {
        node {
          ...QueueRow
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`,
  [QueueRow],
)

export const CaseQuery = graphql(
  `
  query Case($id: ID!) {
    moderationCase(id: $id) {
      ...CaseParts
    }
  }
`,
  [CaseParts],
)

export const CountsQuery = graphql(`
  query QueueCounts {
    moderationCounts {
      open
      mine
      overdue
      decidedToday
      byKind
    }
  }
`)

export const PoliciesQuery = graphql(`
  query Policies {
    policies {
      code
      title
      text
      severity
    }
  }
`)

export const QueueChanged = graphql(`
  subscription QueueChanged {
    queueChanged {
      open
      caseId
    }
  }
`)
