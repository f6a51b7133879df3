// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/brureader.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** What a parameter was called, and what it is called now. */
struct Renamed
{
    QStringView before;
    QLatin1StringView now;
};

constexpr std::array<Renamed, 13> OAuth1Names{{
    {u"consumer_key", "consumerKey"_L1},
    {u"consumer_secret", "consumerSecret"_L1},
    {u"access_token", "accessToken"_L1},
    {u"token_secret", "accessTokenSecret"_L1},
    {u"callback_url", "callbackUrl"_L1},
    {u"verifier", "verifier"_L1},
    {u"signature_method", "signatureMethod"_L1},
    {u"timestamp", "timestamp"_L1},
    {u"nonce", "nonce"_L1},
    {u"version", "version"_L1},
    {u"realm", "realm"_L1},
    {u"placement", "placement"_L1},
    {u"include_body_hash", "includeBodyHash"_L1},
}};

constexpr std::array<Renamed, 15> OAuth2Names{{
    {u"access_token_url", "accessTokenUrl"_L1},
    {u"refresh_token_url", "refreshTokenUrl"_L1},
    {u"authorization_url", "authorizationUrl"_L1},
    {u"callback_url", "callbackUrl"_L1},
    {u"username", "resourceOwner.username"_L1},
    {u"password", "resourceOwner.password"_L1},
    {u"client_id", "credentials.clientId"_L1},
    {u"client_secret", "credentials.clientSecret"_L1},
    {u"credentials_placement", "credentials.placement"_L1},
    {u"scope", "scope"_L1},
    {u"state", "state"_L1},
    {u"credentials_id", "tokenConfig.id"_L1},
    {u"token_source", "tokenConfig.source"_L1},
    {u"auto_fetch_token", "settings.autoFetchToken"_L1},
    {u"auto_refresh_token", "settings.autoRefreshToken"_L1},
}};

/** Blocks of additional OAuth 2 parameters: where they go and how they are sent. */
struct AdditionalBlock
{
    QLatin1StringView name;
    QLatin1StringView list;
    QLatin1StringView placement;
};

constexpr std::array<AdditionalBlock, 8> AdditionalBlocks{{
    {"auth_req:headers"_L1, "authorizationRequest"_L1, "header"_L1},
    {"auth_req:queryparams"_L1, "authorizationRequest"_L1, "query"_L1},
    {"access_token_req:headers"_L1, "accessTokenRequest"_L1, "header"_L1},
    {"access_token_req:queryparams"_L1, "accessTokenRequest"_L1, "query"_L1},
    {"access_token_req:body"_L1, "accessTokenRequest"_L1, "body"_L1},
    {"refresh_token_req:headers"_L1, "refreshTokenRequest"_L1, "header"_L1},
    {"refresh_token_req:queryparams"_L1, "refreshTokenRequest"_L1, "query"_L1},
    {"refresh_token_req:body"_L1, "refreshTokenRequest"_L1, "body"_L1},
}};

template<std::size_t Count>
void rename(AuthSpec &auth, const BruBlock &block, const std::array<Renamed, Count> &names)
{
    for (const Renamed &row : names) {
        if (const QString value = block.value(row.before); !value.isEmpty())
            auth.params.insert(row.now, value);
    }
}

void readOAuth1(AuthSpec &auth, const BruBlock &block)
{
    rename(auth, block, OAuth1Names);
    const QString key = block.value(u"private_key");
    if (key.isEmpty())
        return;
    const bool isFile = key.startsWith("@file("_L1) && key.endsWith(u')');
    auth.params.insert(u"privateKey.type"_s, isFile ? u"file"_s : u"text"_s);
    auth.params.insert(u"privateKey.value"_s, isFile ? key.sliced(6, key.size() - 7) : key);
}

void readAdditional(AuthSpec &auth, const BruFile &file)
{
    QMap<QString, int> counts;
    for (const AdditionalBlock &row : AdditionalBlocks) {
        const BruBlock *block = file.block(u"auth:oauth2:additional_params:"_s + row.name);
        if (!block)
            continue;
        for (const BruPair &pair : block->pairs) {
            if (!pair.enabled)
                continue;
            const QString prefix =
                u"additionalParameters.%1[%2]."_s.arg(row.list).arg(counts[row.list]++);
            auth.params.insert(prefix + u"name"_s, pair.name);
            auth.params.insert(prefix + u"value"_s, pair.value);
            auth.params.insert(prefix + u"placement"_s, row.placement);
        }
    }
}

void readOAuth2(AuthSpec &auth, const BruFile &file, const BruBlock &block)
{
    const QString grant = block.value(u"grant_type");
    auth.params.insert(u"flow"_s,
                       grant == "password"_L1 ? u"resource_owner_password_credentials"_s : grant);
    rename(auth, block, OAuth2Names);
    if (block.value(u"pkce") == "false"_L1 && grant == "authorization_code"_L1)
        auth.params.insert(u"pkce.disabled"_s, u"true"_s);
    if (block.value(u"token_placement") == "url"_L1)
        auth.params.insert(u"tokenConfig.placement.query"_s, block.value(u"token_query_key"));
    else
        auth.params.insert(u"tokenConfig.placement.header"_s, block.value(u"token_header_prefix"));
    readAdditional(auth, file);
}

} // namespace

AuthSpec readBruAuth(const BruFile &file, const QString &mode)
{
    AuthSpec auth;
    if (mode.isEmpty() || mode == "none"_L1)
        return auth;
    auth.type = mode;
    const BruBlock *block = file.block(u"auth:"_s + mode);
    if (!block)
        return auth;
    if (mode == "oauth1"_L1) {
        readOAuth1(auth, *block);
    } else if (mode == "oauth2"_L1) {
        readOAuth2(auth, file, *block);
    } else {
        for (const BruPair &pair : block->pairs)
            auth.params.insert(pair.name, pair.value);
        if (mode == "apikey"_L1 && auth.params.value(u"placement"_s) == "queryparams"_L1)
            auth.params.insert(u"placement"_s, u"query"_s);
    }
    return auth;
}

} // namespace Sluice
