export function eventSchemas() {
  return {};
}
