/** What a moderator can do with a case. */
import { graphql } from '@/shared/graphql'
import { CaseParts } from './cases'

export const ClaimCaseMutation = graphql(
  `
  mutation ClaimCase($input: ClaimCaseInput!) {
    claimCase(input: $input) {
      case {
        ...CaseParts
      }
      errors {
        code
        message
        field
        details
      }
    }
  }
`,
  [CaseParts],
)

export const RenewLeaseMutation = graphql(`
  mutation RenewLease($input: RenewLeaseInput!) {
    renewLease(input: $input) {
      case {
        id
        fence
        version
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
      errors {
        code
        message
        field
        details
      }
    }
  }
`)

export const ReleaseCaseMutation = graphql(
  `
  mutation ReleaseCase($input: ReleaseCaseInput!) {
    releaseCase(input: $input) {
      case {
        ...CaseParts
      }
      errors {
        code
        message
        field
        details
      }
    }
  }
`,
  [CaseParts],
)

export const DecideCaseMutation = graphql(
  `
  mutation DecideCase($input: DecideCaseInput!) {
    decideCase(input: $input) {
      case {
        ...CaseParts
      }
      decision {
        id
      }
      errors {
        code
        message
        field
        details
      }
    }
  }
`,
  [CaseParts],
)

export const ReverseDecisionMutation = graphql(
  `
  mutation ReverseDecision($input: ReverseDecisionInput!) {
    reverseDecision(input: $input) {
      case {
        ...CaseParts
      }
      errors {
        code
        message
        field
        details
      }
    }
  }
`,
  [CaseParts],
)

export const EscalateCaseMutation = graphql(
  `
  mutation EscalateCase($input: EscalateCaseInput!) {
    escalateCase(input: $input) {
      case {
        ...CaseParts
      }
      errors {
        code
        message
        field
        details
      }
    }
  }
`,
  [CaseParts],
)

export const SnoozeCaseMutation = graphql(
  `
  mutation SnoozeCase($input: SnoozeCaseInput!) {
    snoozeCase(input: $input) {
      case {
        ...CaseParts
      }
      errors {
        code
        message
        field
        details
      }
    }
  }
`,
  [CaseParts],
)
