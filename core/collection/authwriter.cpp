// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/authwriter.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** The order in which people write them; the rest follows by name. */
qsizetype rankOf(const QString &name)
{
    static const QStringList order{
        u"flow"_s,
        u"username"_s,
        u"password"_s,
        u"domain"_s,
        u"token"_s,
        u"key"_s,
        u"value"_s,
        u"placement"_s,
        u"accessKeyId"_s,
        u"secretAccessKey"_s,
        u"sessionToken"_s,
        u"service"_s,
        u"region"_s,
        u"profileName"_s,
        u"consumerKey"_s,
        u"consumerSecret"_s,
        u"accessToken"_s,
        u"accessTokenSecret"_s,
        u"authorizationUrl"_s,
        u"accessTokenUrl"_s,
        u"refreshTokenUrl"_s,
        u"callbackUrl"_s,
        u"credentials"_s,
        u"resourceOwner"_s,
        u"scope"_s,
        u"state"_s,
        u"pkce"_s,
        u"additionalParameters"_s,
        u"tokenConfig"_s,
        u"settings"_s,
    };
    const qsizetype rank = order.indexOf(name.section(u'.', 0, 0));
    return rank < 0 ? order.size() : rank;
}

/** The value at \a path below \a root, with the maps and lists on the way. */
void place(YamlValue &root, const YamlPath &path, YamlValue leaf)
{
    YamlValue *value = &root;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const bool last = i + 1 == path.size();
        const bool listNext = !last && std::holds_alternative<qsizetype>(path[i + 1]);
        YamlValue next = last ? std::move(leaf) : listNext ? YamlValue::list() : YamlValue::map();
        if (const auto *key = std::get_if<QString>(&path[i])) {
            if (!value->child(*key))
                value->add(*key, std::move(next));
            value = value->child(*key);
        } else {
            const auto index = std::size_t(std::get<qsizetype>(path[i]));
            if (value->children.size() <= index)
                value->append(std::move(next));
            value = &value->children[std::min(index, value->children.size() - 1)];
        }
    }
}

/** The parameters that are no text in the format. */
YamlValue leafValue(const QString &name, const QString &text)
{
    static const QStringList flags{u"autoFetchToken"_s, u"autoRefreshToken"_s, u"includeBodyHash"_s,
                                   u"disabled"_s};
    const QString last = name.section(u'.', -1);
    const bool flag = flags.contains(last) && (text == "true"_L1 || text == "false"_L1);
    const bool number = last == "maxBodySize"_L1 && readsAsTyped(text);
    return flag || number ? YamlValue::literal(text) : YamlValue::string(text);
}

} // namespace

void addAuth(YamlValue &map, const AuthSpec &auth)
{
    if (auth.type.isEmpty() || auth.type == "none"_L1)
        return;
    if (auth.type == "inherit"_L1) {
        map.add(u"auth"_s, YamlValue::string(auth.type));
        return;
    }
    YamlValue value = YamlValue::map();
    value.add(u"type"_s, YamlValue::string(auth.type));
    QStringList names = auth.params.keys();
    std::ranges::stable_sort(names, {}, rankOf);
    for (const QString &name : names) {
        const QString &text = auth.params[name];
        if (const Result<YamlPath> path = parseYamlPath(name))
            place(value, *path, leafValue(name, text));
    }
    map.add(u"auth"_s, std::move(value));
}

} // namespace Sluice
