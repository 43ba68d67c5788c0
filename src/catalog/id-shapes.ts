/**
 * What made-up ids look like, so that a placeholder for one fits its ARN pattern and the patterns of policies.
 * EC2: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html (prefix, then 17 hexadecimal digits);
 * the others: the `Pattern` of the id in the service's API reference.
 */
interface IdShape {
  /** Names of the attribute or identifier, or parameter types, that have this shape. */
  readonly names: readonly string[];
  readonly placeholder: string;
}

const HEX_17 = '0123456789abcdef0';
const UUID = '01234567-89ab-cdef-0123-456789abcdef';

const ID_SHAPES: readonly IdShape[] = [
  ...Object.entries({
    acl: ['NetworkAclId', 'NaclId'],
    ami: ['ImageId', 'AWS::EC2::Image::Id'],
    cgw: ['CustomerGatewayId'],
    cvpn: ['ClientVpnEndpointId'],
    dopt: ['DhcpOptionsId', 'DHCPOptionsId'],
    eigw: ['EgressOnlyInternetGatewayId'],
    eipalloc: ['AllocationId', 'EipAllocationId'],
    eni: ['NetworkInterfaceId'],
    fl: ['FlowLogId'],
    fs: ['FileSystemId'],
    fsap: ['AccessPointId'],
    i: ['InstanceId', 'AWS::EC2::Instance::Id'],
    igw: ['InternetGatewayId'],
    lt: ['LaunchTemplateId'],
    nat: ['NatGatewayId'],
    pl: ['PrefixListId'],
    rtb: ['RouteTableId'],
    sg: ['GroupId', 'SecurityGroupId', 'AWS::EC2::SecurityGroup::Id'],
    sgr: ['SecurityGroupRuleId'],
    snap: ['SnapshotId'],
    subnet: ['SubnetId', 'AWS::EC2::Subnet::Id'],
    tgw: ['TransitGatewayId'],
    'tgw-attach': ['TransitGatewayAttachmentId'],
    'tgw-rtb': ['TransitGatewayRouteTableId'],
    vgw: ['VPNGatewayId', 'VpnGatewayId'],
    vol: ['VolumeId', 'AWS::EC2::Volume::Id'],
    vpc: ['VpcId', 'VPCId', 'AWS::EC2::VPC::Id'],
    vpce: ['VpcEndpointId', 'VPCEndpointId'],
    'vpce-svc': ['VpcEndpointServiceId', 'ServiceId'],
    vpn: ['VpnConnectionId'],
    pcx: ['VpcPeeringConnectionId'],
  }).map(([prefix, names]) => ({ names, placeholder: `${prefix}-${HEX_17}` })),
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html and other ids that are UUIDs
  {
    names: ['KeyId', 'CertificateId', 'CertificateAuthorityId', 'EventSourceMappingId', 'SegmentId', 'UUID'],
    placeholder: UUID,
  },
  // https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html
  {
    names: ['RestApiId', 'ApiId', 'ApiKeyId', 'UsagePlanId', 'ResourceId', 'DeploymentId'],
    placeholder: 'a1b2c3d4e5',
  },
  // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_Agent.html: [0-9a-zA-Z]{10}
  {
    names: ['AgentId', 'AgentAliasId', 'KnowledgeBaseId', 'DataSourceId', 'FlowId', 'PromptId'],
    placeholder: 'A1B2C3D4E5',
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  { names: ['RoleId'], placeholder: 'AROA0123456789ABCDEFG' },
  { names: ['UserId'], placeholder: 'AIDA0123456789ABCDEFG' },
  { names: ['PolicyId'], placeholder: 'ANPA0123456789ABCDEFG' },
  // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Distribution.html
  { names: ['DistributionId'], placeholder: 'E0123456789ABC' },
  // https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html
  { names: ['HostedZoneId', 'AWS::Route53::HostedZone::Id'], placeholder: 'Z0123456789ABCDEFGHIJ' },
];

const BY_NAME: ReadonlyMap<string, string> = new Map(
  ID_SHAPES.flatMap(({ names, placeholder }) => names.map((name): [string, string] => [name, placeholder])),
);

/** A placeholder for an id, by the name of its attribute or by its parameter type; undefined where none is known. */
export function placeholderFor(name: string): string | undefined {
  return BY_NAME.get(name);
}

/** Stands for an id of no known shape. */
export const GENERIC_ID = HEX_17;
