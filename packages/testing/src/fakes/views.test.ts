import { viewsConformance } from "../views-conformance.ts";
import { fakeViews } from "./views.ts";

viewsConformance("views in memory", async () => fakeViews());
