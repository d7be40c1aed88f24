import type { InstallWire } from './install.ts'

/** Every rule by which an event may be repaired, with its meaning. Together with a field or `body` it is the code that is stored and counted. */
export const repairRules = {
  invalid_utf8: 'Bytes that are not UTF-8 became the replacement character.',
  trailing_text: 'Text after the end of the JSON object was ignored.',
  invalid_time: 'The time given for the event could not be read; the time of its receipt counts.',
  truncated: 'The body ended early; the fields before its end were kept.',
  hex_escape: 'An escape of the form \\xNN, unknown to JSON, was read as the character NN.',
  invalid_escape: 'A backslash that starts no JSON escape was read as a backslash.',
  control_character:
    'Line breaks, control characters or terminal codes were written raw or do not belong into the text; they were read, blanked or removed.',
  unescaped_quote: 'Quotes inside the text were not escaped; its end was found by the fields behind it.',
  misplaced_text: 'Text between two fields belongs to neither and was skipped.',
  comma: 'A comma between two fields was missing, or there was one too many.',
  empty_value: 'A field had no value at all and was read as absent.',
  unquoted_text: 'A text was written without quotes.',
  text_number: 'A number was sent as text.',
  unit: 'A number carried a unit; it was converted to the unit of the field.',
  fraction: 'The fraction of a number was cut off.',
  not_a_number: 'The value is no number; the field was read as absent.',
  out_of_range: 'The number lies outside the limits of its field; the field was read as absent.',
  number_text: 'A text was sent as a number.',
  text_flag: 'A yes or no was sent as text or number.',
  wrong_type: 'The JSON type does not fit; the field was read as unknown where it has such a value, else as absent.',
  unknown_value: 'The value is not in the list; the field was read as unknown where it has such a value, else as absent.',
  alias: 'An earlier or misspelled name of a value was replaced by its name.',
  letter_case: 'Upper and lower case of the value were corrected.',
  unpaired_surrogate: 'Half of a surrogate pair became the replacement character.',
  cut: 'The text was longer than its limit and was cut.',
  abort_sign: 'The run was reported as failed, but its code or its log says that the user ended it; it became aborted.',
  corrected: 'The exit code or the log names another category than the client did; it was replaced.',
  from_exit_code: 'The run failed without an explanation; it was taken from the exit code.',
  not_a_failure: 'The run did not fail; what was sent as its failure was dropped.',
  from_slug: 'The source was empty and was derived from the repository.',
  foreign_owner: 'The repository does not belong to a configured owner; only that was kept.',
} as const satisfies Record<string, string>

export type RepairRule = keyof typeof repairRules

/** Where a repair happened: the body as a whole or one field. */
type RepairPlace = 'body' | keyof InstallWire

export type RepairCode = `${RepairPlace}:${RepairRule}`

/** Sorts the codes and drops repeats, as stored with the event. */
export function settleRepairs(codes: readonly RepairCode[]): readonly RepairCode[] {
  return codes.length < 2 ? codes : [...new Set(codes)].sort()
}
