import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct RunnerMasksTests {
    @Test func `each value is told once, in the form that the runner turns back`() {
        let masks = RunnerMasks()
        #expect(
            masks.lines(for: [Secret("100%\rsecret"), Secret("another secret")]) == """
                ::add-mask::100%25%0Dsecret
                ::add-mask::another secret

                """
        )
        #expect(masks.lines(for: [Secret("another secret"), Secret("a third one")]) == "::add-mask::a third one\n")
    }

    @Test func `of a text of lines the long ones are told as well`() {
        #expect(
            RunnerMasks().lines(for: [Secret("first line\nno\r\nsecond%line\n")])
                == "::add-mask::first line%0Ano%0D%0Asecond%25line%0A\n::add-mask::first line\n::add-mask::second%25line\n"
        )
    }

    @Test func `once a command has begun, nothing is told that the runner may show`() {
        let masks = RunnerMasks()
        masks.close()
        #expect(masks.lines(for: [Secret("a secret of a renewal")]).isEmpty)
    }

    @Test func `short values are not told, nor anything where no runner reads`() {
        #expect(RunnerMasks().lines(for: [Secret("short"), Secret("")]).isEmpty)
        #expect(RunnerMasks(environment: [:]) == nil)
        #expect(RunnerMasks(environment: ["GITHUB_ACTIONS": "false"]) == nil)
    }
}
