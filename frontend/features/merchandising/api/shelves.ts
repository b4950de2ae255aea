/** Shelves, brands and what is asked of products. */
import { graphql } from '@/shared/graphql'

export const CreateCategoryMutation = graphql(`
  mutation CreateCategory($input: CreateCategoryInput!) {
    createCategory(input: $input) { category { id } errors { code message field details } }
  }
`)

export const ChangeCategoryMutation = graphql(`
  mutation ChangeCategory($input: ChangeCategoryInput!) {
    changeCategory(input: $input) { category { id } errors { code message field details } }
  }
`)

export const SaveBrandMutation = graphql(`
  mutation SaveBrand($input: SaveBrandInput!) {
    saveBrand(input: $input) { brandId errors { code message field details } }
  }
`)

export const DefineAttributeMutation = graphql(`
  mutation DefineAttribute($input: DefineAttributeInput!) {
    defineAttribute(input: $input) { attribute { id } errors { code message field details } }
  }
`)

export const RemoveAttributeMutation = graphql(`
  mutation RemoveAttribute($input: RemoveAttributeInput!) {
    removeAttribute(input: $input) { attributeId errors { code message field details } }
  }
`)
