extension IAMClient {
    /// Returns the ARNs of the managed policies that are attached to a role.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func attachedPolicies(ofRole name: String) async throws(CredentialError) -> [String] {
        try await pages("ListAttachedRolePolicies", ofRole: name) { answer in
            answer["AttachedPolicies"]?.children.compactMap { $0.value("PolicyArn") } ?? []
        }
    }

    /// Attaches a managed policy to a role; that it is attached already is no error.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func attachPolicy(_ arn: String, toRole name: String) async throws(CredentialError) {
        let parameters = [(name: "RoleName", value: name), (name: "PolicyArn", value: arn)]
        _ = try await api.send("AttachRolePolicy", of: "\(arn) to role \(name)", parameters)
    }

    /// Detaches a managed policy from a role; that it is not attached is no error.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func detachPolicy(_ arn: String, fromRole name: String) async throws(CredentialError) {
        _ = try await unlessMissing { () async throws(CredentialError) -> Void in
            let parameters = [(name: "RoleName", value: name), (name: "PolicyArn", value: arn)]
            _ = try await api.send("DetachRolePolicy", of: "\(arn) from role \(name)", parameters)
        }
    }

    /// Returns the names of the policies that are part of a role.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func inlinePolicies(ofRole name: String) async throws(CredentialError) -> [String] {
        try await pages("ListRolePolicies", ofRole: name) { $0["PolicyNames"]?.members ?? [] }
    }

    /// Returns a policy, as JSON, that is part of a role; nil when there is none of that name.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func inlinePolicy(_ policy: String, ofRole name: String) async throws(CredentialError) -> String? {
        try await unlessMissing { () async throws(CredentialError) -> String in
            let answer = try await api.send(
                "GetRolePolicy",
                of: "\(policy) of role \(name)",
                [("RoleName", name), ("PolicyName", policy)]
            )
            guard let document = answer?.value("PolicyDocument") else { throw incomplete("GetRolePolicy") }
            return PolicyText.decoded(document)
        }
    }

    /// Makes a policy part of a role, in the place of one of the same name.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func putInlinePolicy(
        _ policy: String,
        document: String,
        toRole name: String
    ) async throws(CredentialError) {
        _ = try await api.send(
            "PutRolePolicy",
            of: "\(policy) of role \(name)",
            [("RoleName", name), ("PolicyName", policy), ("PolicyDocument", document)]
        )
    }

    /// Removes a policy that is part of a role; that there is none is no error.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func deleteInlinePolicy(_ policy: String, ofRole name: String) async throws(CredentialError) {
        _ = try await unlessMissing { () async throws(CredentialError) -> Void in
            let parameters = [(name: "RoleName", value: name), (name: "PolicyName", value: policy)]
            _ = try await api.send("DeleteRolePolicy", of: "\(policy) of role \(name)", parameters)
        }
    }

    /// Returns what is on all pages of a list.
    private func pages(
        _ action: String,
        ofRole name: String,
        _ read: (XMLElement) -> [String]
    ) async throws(CredentialError) -> [String] {
        var found: [String] = []
        var marker: String?
        repeat {
            let next = marker.map { [(name: "Marker", value: $0)] } ?? []
            guard let answer = try await api.send(action, of: "role \(name)", [("RoleName", name)] + next) else {
                throw incomplete(action)
            }
            found += read(answer)
            let following = answer.value("IsTruncated") == "true" ? answer.value("Marker") : nil
            // A service that gives the same page for ever must not be asked for ever.
            marker = following == marker || found.count > 1000 ? nil : following
        } while marker != nil
        return found
    }
}
