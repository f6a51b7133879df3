// Runs the scenarios of the script that is named, one iteration after another.
import { pathToFileURL } from 'node:url'
import { failures } from 'k6'
import { scenario } from 'k6/execution'

globalThis.__ENV = process.env
const script = await import(pathToFileURL(process.argv[2]))
for (const { exec, vus, iterations } of Object.values(script.options.scenarios)) {
  console.log(`${exec} ${vus} ${iterations}`)
  for (let number = 0; number < iterations; ++number) {
    scenario.iterationInTest = number
    script[exec]()
  }
}
for (const name of failures) console.log(`failed: ${name}`)
