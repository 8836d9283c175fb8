package rules

var serviceRules = []rule{}
