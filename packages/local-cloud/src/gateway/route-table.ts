import type { ApiRoute } from "./api-definition.ts";

/** A route and the values of its `{parameters}`, decoded. */
export interface RouteMatch {
  readonly route: ApiRoute;
  readonly parameters: Readonly<Record<string, string>> | undefined;
}

interface Node {
  readonly fixed: Map<string, Node>;
  parameter?: Node;
  /** Routes that end with `{name+}` here. */
  greedy?: Node;
  readonly routes: Map<string, { readonly route: ApiRoute; readonly names: readonly string[] }>;
}

/**
 * Finds the declared route for a method and path as API Gateway does: fixed segments before `{parameters}`, these before
 * `{greedy+}`, the method's own route before `ANY`, `$default` last. Nothing matches that is not declared. `match` throws
 * a `URIError` when a parameter is not valid percent-encoding.
 */
export class RouteTable {
  readonly #root: Node = emptyNode();
  readonly #default: ApiRoute | undefined;

  constructor(routes: readonly ApiRoute[]) {
    this.#default = routes.find((route) => route.routeKey === "$default");
    for (const route of routes) if (route !== this.#default) this.#add(route);
  }

  match(method: string, path: string): RouteMatch | undefined {
    const segments = path.slice(1).split("/");
    const found = find(this.#root, { segments, method, at: 0, values: [] });
    if (found === undefined) return this.#default && { route: this.#default, parameters: undefined };
    const { route, names, values } = found;
    if (names.length === 0) return { route, parameters: undefined };
    return {
      route,
      parameters: Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(values[at] ?? "")])),
    };
  }

  #add(route: ApiRoute): void {
    const [method = "", path = ""] = route.routeKey.split(" ");
    const names: string[] = [];
    let node = this.#root;
    for (const segment of path.slice(1).split("/")) {
      const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
      if (name !== undefined) names.push(name);
      node = step(node, name === undefined ? segment : undefined, plus === "+");
    }
    node.routes.set(method, { route, names });
  }
}

interface Search {
  readonly segments: readonly string[];
  readonly method: string;
  readonly at: number;
  readonly values: readonly string[];
}

function find(
  node: Node,
  search: Search,
): { route: ApiRoute; names: readonly string[]; values: readonly string[] } | undefined {
  const { segments, method, at, values } = search;
  const segment = segments[at];
  if (segment === undefined) {
    const ending = node.routes.get(method) ?? node.routes.get("ANY");
    return ending && { ...ending, values };
  }
  const fixed = node.fixed.get(segment);
  const next = { ...search, at: at + 1 };
  const found = fixed === undefined ? undefined : find(fixed, next);
  if (found !== undefined) return found;
  if (node.parameter !== undefined && segment !== "") {
    const byParameter = find(node.parameter, { ...next, values: [...values, segment] });
    if (byParameter !== undefined) return byParameter;
  }
  const rest = node.greedy?.routes.get(method) ?? node.greedy?.routes.get("ANY");
  return rest && { ...rest, values: [...values, segments.slice(at).join("/")] };
}

function step(node: Node, fixed: string | undefined, greedy: boolean): Node {
  if (fixed !== undefined) {
    const next = node.fixed.get(fixed) ?? emptyNode();
    node.fixed.set(fixed, next);
    return next;
  }
  if (greedy) {
    node.greedy ??= emptyNode();
    return node.greedy;
  }
  node.parameter ??= emptyNode();
  return node.parameter;
}

function emptyNode(): Node {
  return { fixed: new Map(), routes: new Map() };
}
