/** How service does, for everybody to read. */
import { graphql } from '@/shared/graphql'

export const ServiceFiguresQuery = graphql(`
  query ServiceFigures {
    serviceFigures { days at askedCount firstAnswerMinutes settledCount solvedCount rating ratingsCount }
  }
`)
