// Generated from schemas/ by `npm run generate`. Do not edit.
export interface SchemaFault {
  instancePath: string;
  keyword: string;
  schemaPath: string;
  message?: string;
  params: Record<string, unknown>;
}
export interface SchemaValidator {
  (data: unknown): boolean;
  errors?: SchemaFault[] | null;
}
