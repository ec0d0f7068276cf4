extension IAMClient {
    /// Returns an identity provider; nil when there is none of that ARN.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func identityProvider(arn: String) async throws(CredentialError) -> IAMIdentityProvider? {
        try await unlessMissing { () async throws(CredentialError) -> IAMIdentityProvider in
            let answer = try await api.send(
                "GetOpenIDConnectProvider",
                of: arn,
                [("OpenIDConnectProviderArn", arn)]
            )
            guard let answer else { throw incomplete("GetOpenIDConnectProvider") }
            return IAMIdentityProvider(arn: arn, answer)
        }
    }

    /// Returns the ARNs of the account's OIDC identity providers.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func identityProviderARNs() async throws(CredentialError) -> [String] {
        let answer = try await api.send("ListOpenIDConnectProviders", of: "")
        let list = answer?["OpenIDConnectProviderList"]
        return list?.children.compactMap { $0.value("Arn") } ?? []
    }

    /// Creates an identity provider and returns its ARN.
    ///
    /// - Throws: ``CredentialError``, with the code `EntityAlreadyExists` when there is one for the issuer.
    package func createIdentityProvider(
        url: String,
        clientIDs: [String],
        thumbprints: [String],
        tags: [String: String]
    ) async throws(CredentialError) -> String {
        let answer = try await api.send(
            "CreateOpenIDConnectProvider",
            of: url,
            [("Url", url)] + QueryList.members("ClientIDList", clientIDs)
                + QueryList.members("ThumbprintList", thumbprints) + QueryList.tags(tags)
        )
        guard let arn = answer?.value("OpenIDConnectProviderArn") else {
            throw incomplete("CreateOpenIDConnectProvider")
        }
        return DisplayText.clean(arn, limit: 2048)
    }

    /// Lets an identity provider take one more audience; that it does already is no error.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func addClientID(_ clientID: String, toProvider arn: String) async throws(CredentialError) {
        let parameters = [(name: "OpenIDConnectProviderArn", value: arn), (name: "ClientID", value: clientID)]
        _ = try await api.send("AddClientIDToOpenIDConnectProvider", of: arn, parameters)
    }

    /// Takes an audience away from an identity provider.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func removeClientID(_ clientID: String, fromProvider arn: String) async throws(CredentialError) {
        let parameters = [(name: "OpenIDConnectProviderArn", value: arn), (name: "ClientID", value: clientID)]
        _ = try await api.send("RemoveClientIDFromOpenIDConnectProvider", of: arn, parameters)
    }

    /// Replaces the fingerprints of an identity provider.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func setThumbprints(_ thumbprints: [String], ofProvider arn: String) async throws(CredentialError) {
        _ = try await api.send(
            "UpdateOpenIDConnectProviderThumbprint",
            of: arn,
            [("OpenIDConnectProviderArn", arn)] + QueryList.members("ThumbprintList", thumbprints)
        )
    }

    /// Adds tags to an identity provider.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func tagProvider(_ arn: String, _ tags: [String: String]) async throws(CredentialError) {
        _ = try await api.send(
            "TagOpenIDConnectProvider",
            of: arn,
            [("OpenIDConnectProviderArn", arn)] + QueryList.tags(tags)
        )
    }

    /// Removes tags from an identity provider.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func untagProvider(_ arn: String, _ keys: [String]) async throws(CredentialError) {
        let parameters = [(name: "OpenIDConnectProviderArn", value: arn)] + QueryList.members("TagKeys", keys)
        _ = try await api.send("UntagOpenIDConnectProvider", of: arn, parameters)
    }

    /// Deletes an identity provider; that there is none is no error.
    ///
    /// - Throws: ``CredentialError`` when IAM refuses or cannot be asked.
    package func deleteIdentityProvider(_ arn: String) async throws(CredentialError) {
        _ = try await unlessMissing { () async throws(CredentialError) -> Void in
            _ = try await api.send("DeleteOpenIDConnectProvider", of: arn, [("OpenIDConnectProviderArn", arn)])
        }
    }

    func incomplete(_ action: String) -> CredentialError {
        CredentialError(
            .response,
            "the answer of \(endpoint) to iam:\(action) lacks what it should say",
            nextStep: "check AWS_ENDPOINT_URL_IAM and AWS_ENDPOINT_URL"
        )
    }
}
