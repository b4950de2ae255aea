/** What one wants to hear, where, and when not. */
import { graphql } from '@/shared/graphql'

const ChoicesParts = graphql(`
  fragment ChoicesParts on NotificationChoices {
    quietFrom
    quietUntil
    hasOffers
    topics { topic label why app sms mail }
  }
`)

export const ChoicesQuery = graphql(
  `
  query NotificationChoices {
    viewer { id notificationChoices { ...ChoicesParts } }
  }
`,
  [ChoicesParts],
)

export const ChooseNotificationsMutation = graphql(`
  mutation ChooseNotifications($input: ChooseNotificationsInput!) {
    chooseNotifications(input: $input) { choices { hasOffers } errors { code message field details } }
  }
`)

export const ChooseOffersMutation = graphql(`
  mutation ChooseOffers($input: ChooseOffersInput!) {
    chooseOffers(input: $input) { choices { hasOffers } errors { code message field details } }
  }
`)

export const KeepQuietMutation = graphql(`
  mutation KeepQuiet($input: KeepQuietInput!) {
    keepQuiet(input: $input) { choices { quietFrom quietUntil } errors { code message field details } }
  }
`)
