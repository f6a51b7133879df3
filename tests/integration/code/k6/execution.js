export const scenario = { iterationInTest: 0 }

export default {
  scenario,
  test: { abort (why) { throw new Error(why) } }
}
