// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/postmanauth.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Postman's names of the parameters that Sluice calls otherwise, by scheme. */
QString ourParamName(const QString &type, const QString &name)
{
    static const QHash<QString, QString> names{
        {u"awsv4.accessKey"_s, u"accessKeyId"_s},
        {u"awsv4.secretKey"_s, u"secretAccessKey"_s},
        {u"oauth1.token"_s, u"accessToken"_s},
        {u"oauth1.tokenSecret"_s, u"accessTokenSecret"_s},
        {u"oauth2.accessToken"_s, u"token"_s},
        {u"oauth2.authUrl"_s, u"authorizationUrl"_s},
        {u"oauth2.redirect_uri"_s, u"callbackUrl"_s},
        {u"oauth2.clientId"_s, u"credentials.clientId"_s},
        {u"oauth2.clientSecret"_s, u"credentials.clientSecret"_s},
        {u"oauth2.username"_s, u"resourceOwner.username"_s},
        {u"oauth2.password"_s, u"resourceOwner.password"_s},
        {u"apikey.in"_s, u"placement"_s},
    };
    return names.value(type + u'.' + name, name);
}

/** What is taken over of each scheme that can be sent; of others everything is kept. */
const QHash<QString, QStringList> &keptParams()
{
    static const QHash<QString, QStringList> kept{
        {u"basic"_s, {u"username"_s, u"password"_s}},
        {u"bearer"_s, {u"token"_s}},
        {u"apikey"_s, {u"key"_s, u"value"_s, u"placement"_s}},
        {u"digest"_s, {u"username"_s, u"password"_s}},
        {u"ntlm"_s, {u"username"_s, u"password"_s, u"domain"_s}},
        {u"awsv4"_s,
         {u"accessKeyId"_s, u"secretAccessKey"_s, u"sessionToken"_s, u"service"_s, u"region"_s}},
        {u"oauth1"_s,
         {u"consumerKey"_s, u"consumerSecret"_s, u"accessToken"_s, u"accessTokenSecret"_s}},
        {u"oauth2"_s,
         {u"authorizationUrl"_s, u"accessTokenUrl"_s, u"callbackUrl"_s, u"credentials.clientId"_s,
          u"credentials.clientSecret"_s, u"resourceOwner.username"_s, u"resourceOwner.password"_s,
          u"scope"_s, u"state"_s}}};
    return kept;
}

} // namespace

AuthSpec postmanAuth(const YamlNode &node, bool inherits, ImportContext &context)
{
    const YamlNode *auth = node.child(u"auth");
    if (!auth || auth->isNull())
        return inherits ? AuthSpec{u"inherit"_s, {}} : AuthSpec{};
    AuthSpec spec;
    spec.type = textAt(*auth, u"type");
    if (spec.type == "noauth"_L1)
        return {u"none"_s, {}};
    const bool isKnown = keptParams().contains(spec.type);
    if (!isKnown)
        context.issue(*auth, u"'%1': %2 authentication is kept, and cannot be sent"_s.arg(
                                 textAt(node, u"name"), spec.type));
    // 2.1 has a list of key and value, 2.0 a mapping.
    for (const YamlNode &param : childrenAt(*auth, spec.type)) {
        const bool isList = param.key.isEmpty();
        const QString name = ourParamName(spec.type, isList ? textAt(param, u"key") : param.key);
        const QString value = isList ? textAt(param, u"value") : param.text;
        if (!value.isEmpty() && (!isKnown || keptParams().value(spec.type).contains(name)))
            spec.params.insert(name, value);
    }
    return spec;
}

} // namespace Sluice
