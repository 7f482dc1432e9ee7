/** A finished span, as it travels between processes. */
export interface SpanRecord {
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
