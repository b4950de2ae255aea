/** Daily check-ins. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const CheckInQuery = graphql(`
  query CheckIn { viewer { id checkIn { isDoneToday streak pointsToday makeUpsLeft days { day isHere points canBeMadeUp } } } }
`)
export const CheckInMutation = graphql(`
  mutation CheckInNow($input: CheckInInput!) { checkIn(input: $input) { points streak errors { code field message details } } }
`)

export type CheckInDay = NonNullable<ResultOf<typeof CheckInQuery>['viewer']>['checkIn']['days'][number]
