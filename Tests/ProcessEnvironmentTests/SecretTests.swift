import ProcessEnvironment
import Testing

@Suite struct SecretTests {
    private struct Holder {
        let name = "holder"
        let secret = Secret("hunter2-hunter2")
    }

    @Test func `no rendering of a secret shows it, on its own or inside another value`() {
        let holder = Holder()
        var dumped = ""
        dump(holder, to: &dumped)
        for text in [
            "\(holder)", "\(holder.secret)", holder.secret.debugDescription, String(reflecting: holder), dumped,
        ] {
            #expect(!text.contains("hunter2"))
        }
        #expect("\(holder.secret)" == "<redacted>")
    }

    @Test func `a secret gives its text to whoever asks for it by name`() {
        #expect(Secret("a b").reveal() == "a b")
        #expect(Secret(bytes: [0xFF]).bytes == [0xFF])
    }
}
