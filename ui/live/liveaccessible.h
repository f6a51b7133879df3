// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Sluice {

/**
 * Teaches assistive technology the live view: the chart is a chart with its summary as description,
 * limit handles and host rows are sliders. Calling it again changes nothing.
 */
void installLiveAccessibility();

} // namespace Sluice
