/** Tasks and badges. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const TasksQuery = graphql(`
  query Tasks { viewer { id tasks { key title stage stageLabel count goal points way doneAt } } }
`)
export const BadgesQuery = graphql(`
  query Badges { viewer { id badges { key name icon ask count goal earnedAt } } }
`)
export const EarnedBadgesQuery = graphql(`
  query EarnedBadges($personId: ID!) { earnedBadges(personId: $personId) { key name icon earnedAt } }
`)

export type Task = NonNullable<ResultOf<typeof TasksQuery>['viewer']>['tasks'][number]
export type BadgeState = NonNullable<ResultOf<typeof BadgesQuery>['viewer']>['badges'][number]
