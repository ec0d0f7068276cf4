internal import FoundationEssentials

extension TrustRequest {
    /// Returns what the request has for a condition key, which is compared without regard to case.
    ///
    /// See "AWS OIDC federation: available keys" and "AWS global condition context keys".
    func value(of key: String) -> ContextValue {
        let lowercased = key.lowercased()
        if lowercased.hasPrefix(host.lowercased() + ":") { return claim(String(key.dropFirst(host.count + 1))) }
        switch lowercased {
        case "sts:rolesessionname": return ContextValue(values: [sessionName], source: "the session's name")
        case "sts:sourceidentity":
            return ContextValue(values: sourceIdentity.map { [$0] }, source: "the source identity of the token")
        case "sts:transitivetagkeys":
            let keys = payload[Self.tagClaim]?["transitive_tag_keys"]?.scalarTexts
            return ContextValue(values: keys, source: "the transitive tags of the token")
        case "aws:tagkeys":
            let names = sessionTags.keys.sorted()
            return ContextValue(values: names.isEmpty ? nil : names, source: "the session tags of the token")
        case _ where lowercased.hasPrefix("aws:requesttag/"):
            let name = lowercased.dropFirst("aws:requesttag/".count)
            let tag = sessionTags.first { $0.key.lowercased() == name }
            return ContextValue(values: tag.map { [$0.value] }, source: "a session tag of the token")
        case "aws:federatedprovider": return ContextValue(values: [provider], source: "the identity provider")
        case "aws:currenttime": return ContextValue(values: [ServiceTime.text(now)], source: "the time")
        case "aws:epochtime":
            return ContextValue(values: ["\(Int(now.timeIntervalSince1970))"], source: "the time")
        case "aws:requestedregion": return ContextValue(values: [region], source: "the region of the endpoint")
        case "aws:securetransport": return ContextValue(values: ["true"], source: "the request, which uses TLS")
        case _ where lowercased.hasPrefix("aws:principal"):
            return ContextValue(
                values: nil,
                source: "the caller",
                note: "a caller with an identity token is no principal of AWS yet, so the key is not there"
            )
        case _ where lowercased.hasPrefix("aws:") || lowercased.hasPrefix("sts:"):
            return ContextValue(values: nil, source: "the request", doubt: .onlyAWS, note: "only AWS knows this value")
        default: return foreign(key)
        }
    }

    private func claim(_ name: String) -> ContextValue {
        let source = "claim \(name) of the token"
        switch name.lowercased() {
        case "aud":
            // Where both are there, STS compares the authorized party in place of the audience.
            guard let party = claims.authorizedParty else {
                return ContextValue(values: claims.audiences.isEmpty ? nil : claims.audiences, source: source)
            }
            return ContextValue(
                values: [party],
                source: "claim azp of the token",
                note: "the token has azp, which AWS compares in place of aud; aud itself is \(host):oaud"
            )
        case "oaud":
            let hasParty = claims.authorizedParty != nil
            return ContextValue(
                values: hasParty ? claims.audiences : nil,
                source: "claim aud of the token",
                note: hasParty ? nil : "AWS has oaud only of tokens with azp; this one's audience is \(host):aud"
            )
        case "sub": return ContextValue(values: claims.subject.map { [$0] }, source: source)
        case "amr": return ContextValue(values: payload["amr"]?.scalarTexts, source: source)
        default:
            let member = payload.members?.first { $0.name.lowercased() == name.lowercased() }
            guard let values = member?.value.scalarTexts else {
                return ContextValue(values: nil, source: source, note: "the token does not have this claim")
            }
            return ContextValue(
                values: values,
                source: source,
                doubt: .perhapsAbsent,
                note: "of most issuers AWS makes only aud, sub and amr condition keys; of a few, some more"
            )
        }
    }

    private var provider: String {
        FederatedProvider.builtIn.contains(host) ? host : providerARN
    }

    /// A key that belongs neither to AWS nor, as it is written, to the token's issuer.
    private func foreign(_ key: String) -> ContextValue {
        let stripped = ["https://", "http://"].first { key.lowercased().hasPrefix($0) }.map { key.dropFirst($0.count) }
        if let stripped, stripped.lowercased().hasPrefix(host.lowercased()) {
            return ContextValue(
                values: nil,
                source: "the token",
                note: "the key must not have https://: write \(DisplayText.clean(String(stripped), limit: 200))"
            )
        }
        if key.lowercased().hasPrefix(host.lowercased() + "/:") {
            return ContextValue(
                values: nil,
                source: "the token",
                note: "the key has a slash too many: write \(host):\(key.dropFirst(host.count + 2))"
            )
        }
        return ContextValue(
            values: nil,
            source: "the token",
            note: "the key is for another issuer: this token's keys begin with \(DisplayText.clean(host, limit: 200)):"
        )
    }
}
