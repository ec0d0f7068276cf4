import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct KeyChoiceTests {
    private let signed: SignedTokens

    init() throws {
        signed = try SignedTokens.read()
    }

    private func set(_ change: (inout [String: String]) -> Void = { _ in }) throws -> JSONWebKeySet {
        try #require(JSONWebKeySet(try signed.keySet(change)))
    }

    private func reason(_ token: String, _ set: JSONWebKeySet) throws -> String {
        guard case .failed(let reason, let nextStep) = KeyChoice.verify(try signed.token(token), with: set) else {
            return "verified"
        }
        #expect(!nextStep.isEmpty)
        return reason
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a signature of every algorithm that AWS takes is verified`(_ algorithm: SignatureAlgorithm) throws {
        let result = KeyChoice.verify(try signed.token(algorithm.rawValue), with: try set())
        guard case .verified(let key) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(key.kty == algorithm.keyType)
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `one changed bit anywhere is noticed`(_ algorithm: SignatureAlgorithm) throws {
        let text = try #require(signed.tokens[algorithm.rawValue])
        let parts = text.split(separator: ".").map(String.init)
        let payload = TokenFactory.encode(TokenFactory.payload(expiration: 1_700_003_601))
        let swapped = parts[2].map { $0 == "A" ? "B" : $0 == "B" ? "A" : $0 }
        for forged in [
            "\(parts[0]).\(payload).\(parts[2])", "\(parts[0]).\(parts[1]).\(String(swapped))x\(parts[2].suffix(1))",
        ]
        where forged.split(separator: ".").allSatisfy({ $0.count % 4 != 1 }) {
            let token = try IdentityToken(Secret(forged), from: "test")
            guard case .failed(let reason, _) = KeyChoice.verify(token, with: try set()) else {
                Issue.record("\(algorithm) was verified")
                continue
            }
            #expect(reason.contains("does not belong"))
        }
    }

    @Test func `a token without a key's name is tried with every key that fits`() throws {
        #expect(try reason("without kid", set()) == "verified")
    }

    @Test func `a stranger's signature is refused`() throws {
        #expect(try reason("stranger", set()).contains("does not belong"))
    }

    @Test func `a key that is not published is named, with those that are`() throws {
        let reason = try reason("unknown kid", set())
        #expect(reason.contains("'gone'"))
        #expect(reason.contains("es256"))
    }

    @Test(arguments: [("use", "enc"), ("alg", "RS512"), ("kty", "oct")])
    func `a key for something else is not taken`(_ member: String, _ value: String) throws {
        #expect(try reason("RS256", set { $0[member] = value }).contains("no published key"))
    }

    @Test func `an elliptic key on another curve is not taken`() throws {
        #expect(try reason("ES256", set { $0["crv"] = "P-384" }).contains("no published key"))
    }

    @Test(arguments: ["n", "e"])
    func `an RSA key without a part is named`(_ member: String) throws {
        #expect(try reason("RS256", set { $0[member] = nil }).contains("no readable n and e"))
        #expect(try reason("RS256", set { $0[member] = "!" }).contains("no readable n and e"))
    }

    @Test(arguments: ["x", "y"])
    func `an elliptic key without a coordinate, or off its curve, verifies nothing`(_ member: String) throws {
        #expect(try reason("ES256", set { $0[member] = nil }).contains("no readable"))
        let zeros = String(repeating: "A", count: 43)
        #expect(try reason("ES256", set { $0[member] = zeros }).contains("does not belong"))
    }

    @Test func `an elliptic signature of another length is refused`() throws {
        let text = try #require(signed.tokens["ES256"])
        let token = try IdentityToken(Secret(text + "AAAA"), from: "test")
        guard case .failed = KeyChoice.verify(token, with: try set()) else {
            Issue.record("verified")
            return
        }
    }

    @Test func `an algorithm that AWS does not take is named`() throws {
        let token = try TokenFactory.token(TokenFactory.text(header: #"{"alg":"HS256"}"#))
        guard case .failed(let reason, _) = KeyChoice.verify(token, with: try set()) else {
            Issue.record("verified")
            return
        }
        #expect(reason.contains("HS256"))
    }

    @Test func `the size of a modulus is counted in bits`() throws {
        #expect(try set().keys.first?.modulusBits == 2048)
        #expect(try set().keys.last?.modulusBits == nil)
        #expect(try set { $0["n"] = "AAE" }.keys.first?.modulusBits == 1)
        #expect(try set { $0["n"] = "AA" }.keys.first?.modulusBits == 0)
    }

    @Test func `an entry that is no key does not hide the others`() throws {
        let set = try #require(
            JSONWebKeySet(Array(#"{"keys":[{"kty":"RSA","kid":"a"},{"kid":1},{"kty":"EC","kid":"a"}]}"#.utf8))
        )
        #expect(set.keys.count == 2)
        #expect(set.unreadable == 1)
        #expect(set.repeatedIdentifiers == ["a"])
        #expect(JSONWebKeySet(Array("[]".utf8)) == nil)
    }
}
