import ts from "typescript";

/** How a value of a type is made up. */
export interface SampleRules {
  readonly checker: ts.TypeChecker;
  /** Of several objects the one with this `type`, if there is one. */
  readonly preferredType?: string;
  /** A string or a number under a property name; `owner` is the property that holds the object. */
  scalar(property: string, owner: string, kind: "string" | "number"): unknown;
  /** How deep optional properties are filled in too. */
  readonly optionalLevels: number;
  /** Fills in the optional properties of an object that has no others. */
  readonly fillEmpty?: boolean;
  /** Which optional properties are filled in there. */
  wantsOptional(property: string, isArray: boolean): boolean;
}

/** Where in a value a type stands. */
interface Place {
  readonly property: string;
  readonly owner: string;
  readonly levels: number;
}

const MOST_LEVELS = 8;

function members(type: ts.Type): readonly ts.Type[] {
  const skipped = ts.TypeFlags.Undefined | ts.TypeFlags.Void;
  return (type.isUnion() ? type.types : [type]).filter(({ flags }) => (flags & skipped) === 0);
}

const isOptional = ({ flags }: ts.Symbol): boolean => (flags & ts.SymbolFlags.Optional) !== 0;

function sampleObject(type: ts.Type, rules: SampleRules, place: Place): Record<string, unknown> {
  const symbols = rules.checker.getPropertiesOfType(type);
  const fillOptional =
    place.levels < rules.optionalLevels || (rules.fillEmpty === true && symbols.every(isOptional));
  const value: Record<string, unknown> = {};
  for (const symbol of symbols) {
    const property = symbol.getName();
    const own = rules.checker.getTypeOfSymbol(symbol);
    const isArray = members(own).some((member) => rules.checker.isArrayType(member));
    if (isOptional(symbol) && !(fillOptional && rules.wantsOptional(property, isArray))) continue;
    const inside = { property, owner: place.property, levels: place.levels + 1 };
    const sample = sampleType(own, rules, inside);
    if (sample !== undefined) value[property] = sample;
  }
  return value;
}

/** Something has to be there, and the simplest of the choices is the likeliest to be right. */
const SIMPLEST = [
  ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral | ts.TypeFlags.EnumLiteral,
  ts.TypeFlags.String,
  ts.TypeFlags.Number,
  ts.TypeFlags.BooleanLike,
];

function hasType(object: ts.Type, name: string | undefined, checker: ts.TypeChecker): boolean {
  const symbol = object.getProperty("type");
  const type = symbol && checker.getNonNullableType(checker.getTypeOfSymbol(symbol));
  return type?.isStringLiteral() === true && type.value === name;
}

function simplest(choices: readonly ts.Type[], { preferredType, checker }: SampleRules): ts.Type | undefined {
  const preferred = choices.find((choice) => hasType(choice, preferredType, checker));
  if (preferred) return preferred;
  for (const flags of SIMPLEST) {
    const choice = choices.find((each) => (each.flags & flags) !== 0);
    if (choice) return choice;
  }
  return choices.find(({ flags }) => (flags & ts.TypeFlags.Null) === 0) ?? choices[0];
}

/** A JSON value of the type; `undefined` when the property is better left out. */
export function sampleType(
  type: ts.Type,
  rules: SampleRules,
  place: Place = { property: "", owner: "", levels: 0 },
): unknown {
  const choice = simplest(members(type), rules);
  const { property, owner, levels } = place;
  if (!choice || levels > MOST_LEVELS) return undefined;
  if (choice.isStringLiteral() || choice.isNumberLiteral()) return choice.value;
  const { flags } = choice;
  if (flags & ts.TypeFlags.String) return rules.scalar(property, owner, "string");
  if (flags & ts.TypeFlags.Number) return rules.scalar(property, owner, "number");
  if (flags & ts.TypeFlags.BooleanLike) return rules.checker.typeToString(choice) === "true";
  if (flags & ts.TypeFlags.Null) return null;
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
  if (!rules.checker.isArrayType(choice)) return sampleObject(choice, rules, place);
  const [item] = rules.checker.getTypeArguments(choice as ts.TypeReference);
  const sample = item && sampleType(item, rules, { property, owner, levels: levels + 1 });
  return sample === undefined ? [] : [sample];
}
