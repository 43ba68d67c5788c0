/** A span of a text file. Lines and columns are 1-based; `endColumn` is the column after the last character. */
export interface SourceLocation {
  /** As the user wrote it, or relative to the workspace; never an absolute path that the user did not write. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
