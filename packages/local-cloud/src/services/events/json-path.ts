import { isList, isObject } from "../../template/assembly.ts";
import { type Json, TemplateError } from "../../template/deployment.ts";

/**
 * Compiles the paths that targets of rules use: `$.detail.items[0].id`, `$['detail-type']`. The compiled path gives
 * undefined where there is nothing. Throws a `TemplateError` for anything else, wildcards included.
 */
export function compilePath(path: string): (value: Json) => Json | undefined {
  const steps = [...path.slice(1).matchAll(/\.([^.[\]*]+)|\[(\d+)\]|\['([^']+)'\]/gy)].map(
    ([, member, index, quoted]) => member ?? quoted ?? Number(index),
  );
  const spelled = path.slice(1).replace(/\.([^.[\]*]+)|\[(\d+)\]|\['([^']+)'\]/g, "");
  if (!path.startsWith("$") || spelled !== "")
    throw new TemplateError(`the local cloud does not know the path ${path}`);
  return (value) => {
    let at: Json | undefined = value;
    for (const step of steps) {
      if (typeof step === "number") at = isList(at) ? at[step] : undefined;
      else at = isObject(at) ? at[step] : undefined;
    }
    return at;
  };
}
