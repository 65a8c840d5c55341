// Generated from schemas/ by `npm run generate`. Do not edit.
import type { SchemaValidator } from './validator.js';
export const validate: SchemaValidator;
